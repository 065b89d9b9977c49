// The environment variables of the command, handed in: this room does not read its process's own.

export type Environment = Readonly<Record<string, string | undefined>>;
