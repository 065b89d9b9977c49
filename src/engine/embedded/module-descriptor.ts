// The two files a server module needs beside its jars.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { archiveFolder, type Distribution, type ServerModule } from './distribution.js';

/** @param server folder that holds the unpacked archive */
export async function writeModuleDescriptors(distribution: Distribution, server: string): Promise<void> {
  for (const module of distribution.modules) {
    const folder = join(server, archiveFolder(distribution), 'modules', module.name);
    await writeFile(join(folder, 'plugin-descriptor.properties'), descriptor(distribution, module));
    if (module.permissions)
      await writeFile(join(folder, 'plugin-security.policy'), policy(module.permissions));
  }
}

function descriptor({ kind, version }: Distribution, module: ServerModule): string {
  return `description=${module.name}
version=${version}
name=${module.name}
classname=${module.className}
java.version=21
${kind}.version=${version}
custom.foldername=
extended.plugins=${module.extends ?? ''}
has.native.controller=false
`;
}

function policy(permissions: readonly string[]): string {
  const lines = permissions.map((name) => `  permission java.lang.RuntimePermission "${name}";`);
  return `grant {\n${lines.join('\n')}\n};\n`;
}
