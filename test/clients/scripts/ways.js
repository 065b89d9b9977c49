// How a client script is run: once for every way to the engine that it is told of; it reports what came back.
const inPage = typeof process === 'undefined';
const { client, index, ways, visitors } = inPage ? window.given : JSON.parse(process.argv[2]);

/** the package to import, e.g. `@elastic/elasticsearch` or, of an older version, what it is installed as */
export const packageName = client;
export { index };

/**
 * @param ask `({ url, headers }) => answers`, with all that a storefront asks of its search engine
 * @param identify the same client, told in one way after the other who is searching: `(way, visitors) => answers`
 */
export async function report(ask, identify) {
  try {
    const answers = {};
    for (const [name, way] of Object.entries(ways)) answers[name] = await ask(way);
    const identified = visitors ? await identify(ways.anonymous, visitors) : null;
    if (inPage) window.report({ answers, identified });
    else process.stdout.write(JSON.stringify({ answers, identified }));
  } catch (error) {
    if (!inPage) throw error;
    window.fail(error);
  }
}

/** What a client throws, as far as code that handles it would look. */
export async function thrown(attempt) {
  try {
    await attempt();
    return 'nothing was thrown';
  } catch (error) {
    return error;
  }
}

/** What `look` finds, as soon as it finds something. */
export async function until(look) {
  for (const end = Date.now() + 120_000; Date.now() < end; ) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain for ${look}`);
}
