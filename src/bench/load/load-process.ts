// The process of the load generator: `load-process.js JSON`; prints what it measured as JSON.
import { endWithParent } from '../processes/child-process.js';
import { generateLoad, loadSchema } from './load-generator.js';

const done = endWithParent();
const load = loadSchema.parse(JSON.parse(process.argv[2] ?? ''));
process.stdout.write(JSON.stringify(await generateLoad(load)));
done();
