// The process of the stub of our own: `stub-process.js ENGINE_URL PORT`, until it is ended.
import { serveStub } from './stub.js';

const [engineUrl = '', port] = process.argv.slice(2);
serveStub(engineUrl, Number(port));
