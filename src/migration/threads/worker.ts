/** A thread of a check. */
import { parentPort, workerData } from 'node:worker_threads';
import { clerkRegistry } from '../../library.js';
import { createClassifier } from '../assess/classify.js';
import { RowAssessor } from '../assess/row-assessor.js';
import { shareStructureModule } from '../rows/index.js';
import { BlockWork } from './block-work.js';
import type { Assignment, ThreadMessage } from './protocol.js';
import { AHEAD, takeTurn, waitForRoom } from './turn.js';

const send = (message: ThreadMessage): void => parentPort?.postMessage(message);

function work({ thread, turn, ...plan }: Assignment): void {
  const assessor = new RowAssessor(createClassifier(clerkRegistry, plan.rules), true);
  const blocks = new BlockWork(plan, thread, turn, assessor);
  for (const scan of blocks.scan(takeTurn)) {
    if (scan === undefined) continue;
    const { number, problem } = scan;
    const collected = blocks.count(scan);
    if (collected !== undefined) {
      send({ kind: 'collected', number, collected });
      waitForRoom(turn, number, AHEAD);
    }
    if (problem !== undefined) {
      const { code, message, line, byteOffset, fix } = problem;
      send({ kind: 'problem', problem: { code, message, line, byteOffset, fix } });
    }
  }
  blocks.finish();
  send({ kind: 'done', tally: blocks.tally, digestSeen: blocks.digestSeen });
}

const assignment: Assignment = workerData;
const { structure } = assignment;
// Without it this thread fails to compile it too, and scans slowly.
if (structure !== undefined) shareStructureModule(structure);
work(assignment);
