// What a browser sees at the root of the admin listener.

/** Plain HTML without scripts or outside resources. */
export const LANDING_PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Kindred admin</title></head>
<body>
<h1>Kindred admin</h1>
<p>This listener serves the admin API of Kindred, the search personalization proxy.
Its requests live under <code>/api</code> and carry an admin key in the header <code>X-Kindred-Key</code>.</p>
<ul>
<li><a href="/openapi.json">openapi.json</a>: every request and answer</li>
<li><a href="/healthz">healthz</a>: whether the process is alive</li>
</ul>
</body>
</html>
`;
