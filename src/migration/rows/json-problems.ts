/** Places in a block of JSON, and the problems that end the export there. */

import type { Buffer } from 'node:buffer';
import { InputProblem } from '../../files/input-problem.js';
import { LF } from '../ascii.js';
import { MAX_RECORD_SIZE } from '../row.js';
import type { Block } from './block.js';
import { MAX_DEPTH } from './json-walker.js';

/** A byte of a block, and the line ends before it. */
export interface ScanPlace {
  at: number;
  line: number;
}

export function countLines(bytes: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF, start); at !== -1 && at < end; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines;
}

/** @param linesBefore in the block. */
export function notJson({ line, offset }: Block, at: number, linesBefore: number): InputProblem {
  return new InputProblem('not-json', 'the file is not valid JSON from here on', {
    line: line + linesBefore,
    byteOffset: offset + at,
    fix: 'export it again; NDJSON has one whole object a line',
  });
}

export function cutOff({ bytes, length, line, offset }: Block): InputProblem {
  return new InputProblem('cut-off', 'the JSON ends in the middle: the file is cut off', {
    line: line + countLines(bytes, 0, length),
    byteOffset: offset + length,
    fix: 'export it again',
  });
}

export function noRecords(line: number): InputProblem {
  return new InputProblem('no-records', 'the JSON holds no list of records', {
    line,
    fix: 'the records must be the elements of one array, or one object a line (NDJSON)',
  });
}

export function tooDeep({ line }: Block, linesBefore: number): InputProblem {
  return new InputProblem('nested-too-deep', `the JSON is nested more than ${MAX_DEPTH} deep`, {
    line: line + linesBefore,
    fix: 'export the users as one array of objects, or one object a line (NDJSON)',
  });
}

export function recordTooLong({ line, offset }: Block, place: ScanPlace): InputProblem {
  return new InputProblem('record-too-long', `a record is longer than ${MAX_RECORD_SIZE} bytes`, {
    line: line + place.line,
    byteOffset: offset + place.at,
    fix: 'the records must be elements of one array, or one a line (NDJSON)',
  });
}
