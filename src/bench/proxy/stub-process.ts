// The process of the stub in Node: `stub-process.js ENGINE_URL PORT`, until it is ended.
import { serveStub } from './stub-engine.js';

const [engineUrl = '', port] = process.argv.slice(2);
serveStub(engineUrl, Number(port));
