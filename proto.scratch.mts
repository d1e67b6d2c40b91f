import { rolldown } from 'rolldown';
import { builtinModules } from 'node:module';
import { withoutSaltSource } from './scripts/without-salt-source.js';
async function make(dir, minify=false, single=false){
const r = await rolldown({ input: {index:'src/index.ts', ...(single?{}:{portable:'src/portable.ts',migration:'src/migration/index.ts'})}, plugins:[withoutSaltSource],platform:'neutral', resolve:{conditionNames:['node','import','module','default'],mainFields:['module','main']}, external:[/^node:/,...builtinModules], transform:{target:'node20.19'}, logLevel:'silent'});
await r.write({format:'esm', comments:false, dir, minify, chunkFileNames:'chunks/[name].js'});
}
await make('/tmp/proto/w0');
await make('/tmp/proto/w0m',{mangle:true,compress:false,codegen:{removeWhitespace:false}});
await make('/tmp/proto/w0M',true);
