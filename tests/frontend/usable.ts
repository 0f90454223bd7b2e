/** Compiles if every schema of the `contract` beside it says something; the compiler names those that do not. */
import type { components } from "./contract";

type Schemas = components["schemas"];

type IsNothing<T> = [T] extends [never] ? true : false;
type IsAnything<T> = unknown extends T ? true : false; // so is `any`

/** In `A & Record<string, never>` every member of A is one that has no value. */
type HasImpossibleMember<T> = T extends object ? { [Name in keyof T]-?: IsNothing<T[Name]> }[keyof T] : false;

type IsUseless<T> = true extends IsNothing<T> | IsAnything<T> | HasImpossibleMember<T> ? true : false;
type Useless = { [Name in keyof Schemas]: IsUseless<Schemas[Name]> extends true ? Name : never }[keyof Schemas];

export const useless: Record<Useless, never> = {};
