interface Part {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
  readonly messages?: readonly string[];
  readonly entry?: string;
  readonly settlesMs?: number;
  readonly runs?: number;
}

export const PARTS: Readonly<Record<string, Part>>;
