/** The manifests for Kubernetes: well-formed, of one number of shards, locked down, with flags that there are. */
import { execFile } from 'node:child_process';
import { chmod, readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { digestry, ROOT } from '../support/cli.js';
import { temporaryFolder } from '../support/exports.js';

const FOLDER = `${ROOT}/examples/kubernetes`;
const MANIFESTS = ['check-job.yaml', 'merge-job.yaml'];
const folder = temporaryFolder();

/** Each value by its path, `spec.template.spec.volumes.0.name`; of the little YAML that the manifests are written in. */
async function valuesOf(file: string): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  const open: { indent: number; path: string; items: number }[] = [];
  const lines = (await readFile(`${FOLDER}/${file}`, 'utf8')).split('\n');
  for (let i = 0; i < lines.length; i++) {
    let line = lines[i] as string;
    if (/^ *(?:#.*)?$/.test(line)) continue;
    if (!/^(?: {2})*(?:- )?(?:[A-Za-z]+:(?: .+)?|\|)$/.test(line)) throw new Error(`${file}, line ${i + 1}: ${line}`);
    let indent = line.search(/\S/);
    while (open.length > 0 && (open.at(-1)?.indent as number) >= indent) open.pop();
    if (line.trimStart().startsWith('- ')) {
      const list = open.at(-1) as (typeof open)[number];
      open.push({ indent, path: `${list.path}.${list.items++}`, items: 0 });
      line = line.replace('- ', '  ');
      indent += 2;
    }
    const parent = open.at(-1)?.path;
    const [, key, value] = /^ *(?:([A-Za-z]+):)? ?(.*)$/.exec(line) as RegExpExecArray;
    const path = [parent, key].filter((part) => part !== undefined).join('.');
    if (values.has(path)) throw new Error(`${file}, line ${i + 1}: ${path} is there twice`);
    if (value === '|') {
      const text: string[] = [];
      while (/^ /.test(lines[i + 1] ?? '') && (lines[i + 1] as string).search(/\S/) >= indent)
        text.push(lines[++i] as string);
      values.set(path, text.map((one) => one.slice(indent)).join('\n'));
    } else if (value === '') open.push({ indent, path, items: 0 });
    else values.set(path, value as string);
  }
  return values;
}

const CONTAINER = 'spec.template.spec.containers.0';

async function scriptOf(file: string): Promise<string> {
  return (await valuesOf(file)).get(`${CONTAINER}.args.0`) as string;
}

test('the manifests there are those that are tested', async () => {
  expect((await readdir(FOLDER)).filter((file) => file.endsWith('.yaml')).sort()).toEqual(MANIFESTS);
});

describe.each(MANIFESTS)('%s', (file) => {
  test('runs as nobody, writes to its volume of reports only, and is bounded', async () => {
    const values = await valuesOf(file);
    expect(Object.fromEntries(values)).toMatchObject({
      apiVersion: 'batch/v1',
      kind: 'Job',
      'spec.template.spec.restartPolicy': 'Never',
      'spec.template.spec.automountServiceAccountToken': 'false',
      'spec.template.spec.securityContext.runAsNonRoot': 'true',
      'spec.template.spec.securityContext.seccompProfile.type': 'RuntimeDefault',
      [`${CONTAINER}.securityContext.readOnlyRootFilesystem`]: 'true',
      [`${CONTAINER}.securityContext.allowPrivilegeEscalation`]: 'false',
      [`${CONTAINER}.securityContext.capabilities.drop`]: '["ALL"]',
    });
    expect(values.get(`${CONTAINER}.resources.limits.memory`)).toMatch(/^\d+Mi$/);
    const mounted = [...values].filter(([path]) => /volumeMounts\.\d\.name$/.test(path)).map(([, name]) => name);
    const volumes = [...values].filter(([path]) => /spec\.volumes\.\d\.name$/.test(path)).map(([, name]) => name);
    expect(mounted).toEqual(volumes);
  });

  test('has flags that the commands have', async () => {
    const script = (await scriptOf(file)).replace(/\\\n/g, '');
    const uses = [...script.matchAll(/digestry (check|report merge) ([^&>\n]*)/g)];
    expect(uses.length).toBeGreaterThan(0);
    for (const [, command = '', args = ''] of uses) {
      const { stdout } = await digestry([...command.split(' '), '--help']);
      const flags = args.match(/--[a-z-]+/g) ?? [];
      expect(flags.length).toBeGreaterThan(0);
      for (const flag of flags) expect(stdout, `${command} ${flag}`).toMatch(new RegExp(`^ +${flag}\\b`, 'm'));
    }
  });
});

describe('check-job.yaml', () => {
  test('has one number of shards, one pod each, and the export read-only', async () => {
    const values = await valuesOf('check-job.yaml');
    const shards = values.get('spec.completions');
    expect(values.get('spec.completionMode')).toBe('Indexed');
    expect(values.get(`${CONTAINER}.env.0.name`)).toBe('SHARDS');
    expect(values.get(`${CONTAINER}.env.0.value`)).toBe(`"${shards}"`);
    expect(values.get(`${CONTAINER}.volumeMounts.0.readOnly`)).toBe('true');
  });

  test('retries failures of the cluster, but not findings or unreadable input', async () => {
    const values = await valuesOf('check-job.yaml');
    const rules = 'spec.podFailurePolicy.rules';
    expect(Number(values.get('spec.backoffLimitPerIndex'))).toBeGreaterThan(0);
    expect(values.get(`${rules}.0.action`)).toBe('Ignore');
    expect(values.get(`${rules}.1.action`)).toBe('FailJob');
    expect(values.get(`${rules}.1.onExitCodes.containerName`)).toBe(values.get(`${CONTAINER}.name`));
    expect(values.get(`${rules}.1.onExitCodes.values`)).toBe('[2, 70]');
    expect(await scriptOf('check-job.yaml')).toContain('--exit-zero');
  });

  /** The script with a command that does as it is told. */
  async function ran(body: string): Promise<{ readonly code: number; readonly files: readonly string[] }> {
    const reports = folder.path(body === '' ? 'fine' : 'failing');
    const command = await folder.write('digestry', `#!/bin/sh\nprintf '%s\\n' "$@"\n${body}\n`);
    await chmod(command, 0o755);
    const script = (await scriptOf('check-job.yaml')).replaceAll('/reports', reports);
    const env = { PATH: `${folder.path('.')}:${process.env['PATH']}`, JOB_COMPLETION_INDEX: '3', SHARDS: '8' };
    const { code } = await promisify(execFile)('sh', ['-c', `mkdir -p ${reports}; ${script}`], { env }).then(
      () => ({ code: 0 }),
      (error: { readonly code: number }) => error,
    );
    return { code, files: await readdir(reports) };
  }

  test('writes a report of its own for each index', async () => {
    expect(await ran('')).toEqual({ code: 0, files: ['shard-3.json'] });
    const args = (await readFile(folder.path('fine/shard-3.json'), 'utf8')).split('\n');
    expect(args.slice(0, 4)).toEqual(['check', '/export/users.csv', '--shard', '3/8']);
  });

  test('leaves none that is not whole, and ends as the check does', async () => {
    expect(await ran('exit 2')).toEqual({ code: 2, files: ['shard-3.json.part'] });
  });
});
