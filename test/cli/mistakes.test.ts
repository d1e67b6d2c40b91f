/** Mistakes in the arguments: one golden file shows what each command says. After a change: vitest run test/cli/mistakes -u */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createRun } from '../../src/cli/run.js';

const HEAD = `# What digestry says on each mistake in its arguments. Written by test/cli/mistakes.test.ts: after a change, run
#   npx vitest run test/cli/mistakes -u
# and read the difference.
`;
const RATE = '--logins-per-second 5';
const MIX = '--mix bcrypt:10';
const UPGRADE = `${RATE} ${MIX} --upgrade-to bcrypt:12`;
/** Is not read: the mistake comes before it. */
const FILE = 'package.json';

const MISTAKES: readonly string[] = [
  ...['chekc', 'nope', '--nope', '--password=secret', '-x', '-- chekc', 'help chekc', 'help report mrge'],
  ...['help check plan', 'report merg', 'report help'],

  ...['check', `check ${FILE} --nope`, `check ${FILE} --jsno`, `check ${FILE} --json=1`, `check ${FILE} --hasher`],
  ...[`check ${FILE} --source nope`, `check ${FILE} --source clrk`, `check ${FILE} --target nope`],
  ...[
    `check ${FILE} --hasher __proto__`,
    `check ${FILE} --hasher BCrypt`,
    `check ${FILE} --hasher argon2`,
    `check ${FILE} --threads 0`,
  ],
  ...[`check ${FILE} --limit bcryptCost`, `check ${FILE} --limit bcryptCost=5 --limit bcryptCost=6`],
  ...['parse --limit bcryptcost=17 x', 'verify --limit nope=1', 'verify --digest 5f4dcc3b5aa765d61d8327deb882cf99'],
  ...[`check ${FILE} --threads 1025`, `check ${FILE} --shard 2/2`, 'check - -', `check - --bench - --report x`],
  ...[`check ${FILE} --out - --rejects -`, `check ${FILE} --out - --report -`, `check ${FILE} --out-format xml`],
  ...[`check ${FILE} --out-format clerk-csv`, `check ${FILE} --canary-pepper x`, `check ${FILE} --bench x`],
  ...[`check ${FILE} --out /nowhere/out`, `check ${FILE} --out .`, `check ${FILE} --out ${FILE}`, 'check none.csv'],
  ...[`check ${FILE} --canaries none.csv`, `check ${FILE} --firebase-config none`],
  ...[`check ${FILE} --firebase-config ${FILE}`, `check ${FILE} --source devise --pepper-file none`],

  ...['report merge', `report merge ${FILE}`, 'report merge --bench x y', 'report merge none.json'],
  ...['report merge - -', `report merge ${FILE} --threads 2`],

  ...['verify', 'verify --digest x', 'verify --hasher md5', 'verify --stdin --hasher md5'],
  ...['verify --hasher bcript --digest x', 'verify x'],
  ...['identify', 'identify - x', 'identify --nope', 'identify ', 'parse', 'parse --hasher bcript x', 'parse - -'],
  ...['convert', 'convert --system nope x', 'convert --system djngo x', 'hashers x'],

  ...[
    'bench bcript',
    'bench scrypt',
    'bench --params cost=4',
    'bench md5 --backend nope',
    'bench bcrypt --params cost',
  ],
  ...['bench bcrypt --params cost=4,cost=5', 'bench bcrypt --params cost=17', 'bench bcrypt --params cost=3'],
  ...['bench bcrypt --params m=3', 'bench md5 --threads 0', 'bench md5 --threads 1025', 'bench md5 --seconds 1e3'],
  ...['bench md5 --save - --report -', 'bench md5 --save x --report x', 'bench md5 --compare none.json'],
  ...[`bench md5 --compare ${FILE}`, 'bench md5 --save /nowhere/x.json'],

  ...['plan', `plan ${RATE}`, `plan ${MIX}`, `plan ${RATE} ${MIX} --from x.json`, `plan ${MIX} --logins-per-second 0`],
  ...[`plan ${MIX} --logins-per-second many`, `plan ${MIX} --logins-per-second 1e-310`],
  ...[`plan ${RATE} ${MIX} --cores-per-machine 1.5`, `plan ${RATE} ${MIX} --confirm 0`],
  ...[`plan ${RATE} ${MIX} --confirm 5 --bench x.json`, `plan ${RATE} ${MIX} --months 3`],
  ...[`plan ${RATE} ${MIX} --active-per-month 0.2`, `plan ${RATE} ${MIX} --logins-per-active 2`],
  ...[`plan ${RATE} --from x.json --users 3`, `plan ${UPGRADE} --months 1,x`],
  ...[`plan ${UPGRADE} --active-per-month 1`, `plan ${UPGRADE} --active-per-month 0.9 --logins-per-active 1`],
  ...[`plan ${RATE} ${MIX} --upgrade-to md5`, `plan ${RATE} ${MIX} --upgrade-to bcript`],
  ...[`plan ${RATE} ${MIX} --upgrade-to bcrypt=0`, `plan ${RATE} ${MIX} --upgrade-to bcrypt,md5`],
  ...[`plan ${RATE} --mix bcript`, `plan ${RATE} --mix bcrypt:10=0.5,md5`, `plan ${RATE} --mix phpass=1e308,md5=1`],
  ...[`plan ${RATE} --mix bcrypt:20`, `plan ${RATE} --mix bcrypt:2`, `plan ${RATE} --mix bcrypt:`],
  ...[`plan ${RATE} --mix awscognito`, `plan ${RATE} --from none.json`, `plan ${RATE} --from ${FILE}`],
  ...[`plan ${RATE} ${MIX} --bench ${FILE}`],

  ...['calibrate --kdf md5', 'calibrate --target-ms 0', 'calibrate --concurrency 0.5', 'calibrate --max-memory-mib 4'],
  ...['doctor x', 'completion', 'completion tcsh', 'completion bash zsh'],
];

async function run(args: string) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end();
  let code = 0;
  const exit = (given: number) => {
    code = given;
  };
  await createRun({ terminal: { stdin, stdout, stderr, env: {} }, exit }).start(args.split(' '));
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

test('each ends with 2, prints nothing, and says the problem and what to do', async () => {
  const blocks: string[] = [HEAD];
  for (const args of MISTAKES) {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout], args).toEqual([2, '']);
    // The bounds of a parameter are the fix.
    if (!/cost must be 4 to 31/.test(stderr)) {
      expect(stderr, args).toMatch(/^digestry: \S(?:.*\n)+? {2}(?:fix|hint): \S/);
    }
    // One problem, one fix, and nothing that was typed as a password.
    expect(stderr.match(/^(?:digestry| {2}fix): /gm)?.length, args).toBeLessThanOrEqual(2);
    expect(stderr).not.toMatch(/secret|__proto__/);
    blocks.push(`$ digestry ${args}\n${stderr}`);
  }
  expect(new Set(MISTAKES).size).toBe(MISTAKES.length);
  await expect(blocks.join('\n')).toMatchFileSnapshot('mistakes.golden');
});
