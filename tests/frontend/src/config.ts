/** Where each API is and who may sign in: read when the page starts, so that one build fits every server. */

export const apiNames = ["deepworkzone", "mobilenext", "viben", "zipf"] as const;
export type ApiName = (typeof apiNames)[number];

/** One API as this front end reaches it. */
export interface Access {
  /** Everything in front of the paths of the contract. */
  baseUrl: string;
  /**
   * Whether cookies go along. The mock tells worlds apart by one; a server that allows every origin with `*`
   * takes no credentials, so "omit" is right for it.
   */
  credentials: "include" | "omit";
  /** Bearer tokens by the name of who they belong to; none where the API asks for none. */
  personas: Record<string, string>;
}

export type Config = Record<ApiName, Access>;

/** Reads `config.json`, which lies beside the page. Throws an `Error` that says what is missing in it. */
export async function loadConfig(): Promise<Config> {
  const response = await fetch("config.json");
  if (!response.ok) throw new Error(`config.json cannot be read: HTTP ${response.status}`);
  const config = (await response.json()) as Partial<Config>;
  for (const name of apiNames) {
    if (!config[name]?.baseUrl) throw new Error(`config.json has no ${name}.baseUrl`);
  }
  return config as Config;
}
