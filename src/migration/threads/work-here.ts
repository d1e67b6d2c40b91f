/**
 * The calling thread as one of those of a check: it has compiled everything already, and another thread takes a quarter of a
 * second to get as far. It turns to the event loop after each block.
 */
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { InputProblem } from '../../files/input-problem.js';
import type { RowAssessor } from '../assess/row-assessor.js';
import type { Tally } from '../count/tally.js';
import type { CollectedRows } from '../output/row-collector.js';
import { BlockWork } from './block-work.js';
import type { OpenedPlan } from './protocol.js';
import { AHEAD, endTurns, hasRoom, isStopped, type Turn, tryTurn } from './turn.js';

const POLL_MS = 1;

export interface WorkHere {
  /** Number of this thread. */
  readonly thread: number;
  readonly turn: Turn;
  readonly assessor: RowAssessor;
  /** Takes the rows of a block; rejects where they cannot be written. */
  collect(number: number, collected: CollectedRows): Promise<void>;
}

export interface WorkedHere {
  readonly tally: Tally;
  readonly digestSeen: boolean;
  readonly problem: InputProblem | undefined;
}

export async function workHere(plan: OpenedPlan, { thread, turn, assessor, collect }: WorkHere): Promise<WorkedHere> {
  const work = new BlockWork(plan, thread, turn, assessor);
  let problem: InputProblem | undefined;
  try {
    for (const scan of work.scan(tryTurn)) {
      await setImmediate();
      if (scan === undefined) continue;
      const collected = work.count(scan);
      problem ??= scan.problem;
      if (collected === undefined) continue;
      // Where they cannot be written, the turns of all end; the writer rejects with the reason.
      collect(scan.number, collected).catch(() => endTurns(turn));
      while (!hasRoom(turn, scan.number, AHEAD) && !isStopped(turn)) await setTimeout(POLL_MS);
    }
  } finally {
    work.finish();
  }
  return { tally: work.tally, digestSeen: work.digestSeen, problem };
}
