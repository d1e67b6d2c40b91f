/** A thread of a check. */
import { parentPort, workerData } from 'node:worker_threads';
import { provideKernels } from '../../kernels/load.js';
import { defaultRegistry } from '../../library.js';
import { createClassifier } from '../assess/classify.js';
import { Intake } from '../assess/row-assessor.js';
import { bindOf } from '../input/origin.js';
import { takingOf } from '../output/row-collector.js';
import { FileBlocks } from '../rows/file.js';
import { blockReader } from './block-reader.js';
import type { Assignment, Told } from './protocol.js';
import { scansOf } from './scanning.js';
import { noteRows, waitForRoom } from './turn.js';

/** Blocks that a thread may be ahead of what is written. */
const AHEAD = 16;

const tell = (told: Told): void => parentPort?.postMessage(told);

function work(assignment: Assignment): void {
  const { thread, fd, file, range, format, settled, source, options, turn } = assignment;
  const { limits, target, mends, tables } = assignment;
  const classify = createClassifier(defaultRegistry, { limits, target }, { mends });
  const taking = takingOf(assignment.taking);
  const intake = new Intake(classify, file, tables, { taker: taking });
  const reader = blockReader(format, bindOf(source, options), settled);
  for (const { number, passedOver, problem } of scansOf(new FileBlocks(fd), reader, turn, range)) {
    if (!passedOver) reader.deliver(intake);
    noteRows(turn, thread, intake.rows);
    if (taking !== undefined) {
      tell({ kind: 'taken', number, taken: taking.drain() });
      waitForRoom(turn, number, AHEAD);
    }
    if (problem !== undefined) {
      const { message, line, byteOffset, fix } = problem;
      tell({ kind: 'trouble', trouble: { message, line, byteOffset, fix } });
    }
  }
  intake.finish();
  tell({ kind: 'done', tally: intake.tally, digestSeen: reader.digestSeen, source: reader.source });
}

const assignment: Assignment = workerData;
const { structure } = assignment;
provideKernels({
  compiled: () => Promise.reject(new Error('the check has one kernel')),
  compiledNow() {
    if (structure === undefined) throw new Error('the kernel cannot be compiled here');
    return structure;
  },
});
work(assignment);
