/**
 * The calling thread as one of those of a check: it has compiled everything already, and another thread takes a quarter of a
 * second to get as far. It turns to the event loop after each block.
 */
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { InputProblem } from '../../files/input-problem.js';
import type { RowAssessor } from '../assess/row-assessor.js';
import { RowCounter } from '../count/row-counter.js';
import type { Tally } from '../count/tally.js';
import { bindSource } from '../input/origin.js';
import { type CollectedRows, createCollector } from '../output/row-collector.js';
import { createBlockReader, FileBlocks } from '../rows/index.js';
import type { OpenedPlan } from './protocol.js';
import { scanBlocks } from './scanning.js';
import { AHEAD, endTurns, hasRoom, isStopped, noteRows, type Turn, tryTurn } from './turn.js';

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
  const collector = createCollector(plan.collect);
  const counter = new RowCounter(assessor, plan.file, plan.tables, collector);
  const reader = createBlockReader(plan.format, bindSource(plan.source, plan.options), plan.settled);
  const blocks = new FileBlocks(plan.fd, plan.format);
  let problem: InputProblem | undefined;
  try {
    for (const scan of scanBlocks(blocks, reader, turn, plan.range, tryTurn)) {
      await setImmediate();
      if (scan === undefined) continue;
      counter.block = scan.number + 1;
      if (!scan.isOutside) reader.deliver(counter);
      noteRows(turn, thread, counter.rows);
      problem ??= scan.problem;
      // Where they cannot be written, the turns of all end; the writer rejects with the reason.
      if (collector !== undefined) collect(scan.number, collector.drain()).catch(() => endTurns(turn));
      while (collector !== undefined && !hasRoom(turn, scan.number, AHEAD) && !isStopped(turn))
        await setTimeout(POLL_MS);
    }
  } finally {
    counter.finish();
  }
  return { tally: counter.tally, digestSeen: reader.digestSeen, problem };
}
