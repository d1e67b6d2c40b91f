/** A thread of a check. */
import { parentPort, workerData } from 'node:worker_threads';
import { defaultRegistry } from '../../library.js';
import { createClassifier } from '../assess/classify.js';
import { RowAssessor } from '../assess/row-assessor.js';
import { RowCounter } from '../count/row-counter.js';
import { bindSource } from '../input/origin.js';
import { createCollector } from '../output/row-collector.js';
import { createBlockReader, FileBlocks, shareStructureModule } from '../rows/index.js';
import type { Assignment, ThreadMessage } from './protocol.js';
import { scanBlocks } from './scanning.js';
import { AHEAD, noteRows, waitForRoom } from './turn.js';

const send = (message: ThreadMessage): void => parentPort?.postMessage(message);

function work({ thread, fd, range, turn, settled, ...plan }: Assignment): void {
  const collector = createCollector(plan.collect);
  const assessor = new RowAssessor(createClassifier(defaultRegistry, plan.rules), true);
  const counter = new RowCounter(assessor, plan.file, plan.tables, collector);
  const reader = createBlockReader(plan.format, bindSource(plan.source, plan.options), settled);
  for (const scan of scanBlocks(new FileBlocks(fd, plan.format), reader, turn, range)) {
    if (scan === undefined) continue;
    const { number, isOutside, problem } = scan;
    // The block before those of the threads is number 0.
    counter.block = number + 1;
    if (!isOutside) reader.deliver(counter);
    noteRows(turn, thread, counter.rows);
    if (collector !== undefined) {
      send({ kind: 'collected', number, collected: collector.drain() });
      waitForRoom(turn, number, AHEAD);
    }
    if (problem !== undefined) {
      const { code, message, line, byteOffset, fix } = problem;
      send({ kind: 'problem', problem: { code, message, line, byteOffset, fix } });
    }
  }
  counter.finish();
  send({ kind: 'done', tally: counter.tally, digestSeen: reader.digestSeen });
}

const assignment: Assignment = workerData;
const { structure } = assignment;
// Without it this thread fails to compile it too, and scans slowly.
if (structure !== undefined) shareStructureModule(structure);
work(assignment);
