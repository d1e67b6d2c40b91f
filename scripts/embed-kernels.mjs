// Writes the kernels' bytes into dist as a module, so that loading one needs no file and no path.
import { writeFileSync } from 'node:fs';
import { KERNEL_MODULES } from '../dist/kernels/modules.js';

const entries = Object.entries(KERNEL_MODULES).map(([name, make]) => {
  const bytes = make();
  if (!WebAssembly.validate(bytes)) throw new Error(`the kernel ${name} is no valid module`);
  return `  ${name}: '${Buffer.from(bytes).toString('base64')}',\n`;
});
writeFileSync(
  new URL('../dist/kernels/embedded.js', import.meta.url),
  `export const KERNELS = Object.freeze({\n${entries.join('')}});\n`,
);
