/** How well an implementation carries out an intent. */
export interface Support {
  /** `some`: in part; `how` says which. */
  readonly level: 'yes' | 'some' | 'no';
  /** By what, or why not. */
  readonly how: string;
}

export const yes = (how: string): Support => ({ level: 'yes', how });
export const some = (how: string): Support => ({ level: 'some', how });
export const no = (how: string): Support => ({ level: 'no', how });

const words: Readonly<Record<Support['level'], string>> = { yes: 'yes', some: 'in part', no: 'no' };

/** A cell of a page of intents. */
export const supportText = ({ level, how }: Support): string => `${words[level]}: ${how}`;
