interface Part {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
  readonly messages?: readonly string[];
  readonly entry?: string;
}

export const PARTS: Readonly<Record<string, Part>>;
