// Starts the console in the page.
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './styles.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { nonce } from './lib/nonce.js';

// What locks scrolling behind dialogs makes a style of its own and looks for the nonce here.
Object.assign(globalThis, { __webpack_nonce__: nonce() });

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
