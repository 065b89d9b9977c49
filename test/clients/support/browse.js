// A script of a browser client, run in a page: prints what it reports.
import { openPage } from './page.js';

const [, , file, given] = process.argv;
const answer = await new Promise((resolve, reject) => {
  openPage(file, {
    url: 'http://shop.test/',
    body: '<div id="shop"></div>',
    globals: { given: JSON.parse(given), report: resolve, fail: reject },
  }).catch(reject);
});
process.stdout.write(JSON.stringify(answer));
process.exit(0);
