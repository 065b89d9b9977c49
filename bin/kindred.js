#!/usr/bin/env node
// The `kindred` command: hands over to the compiled command line.
import '../dist/cli/main.js';
