// Steps, and what they expect. No line that is printed here shows a secret.

import assert, { AssertionError } from "node:assert/strict";

/**
 * Runs a step and says in one line how it went. Gives what the step gives, for
 * the steps that follow.
 */
export async function step<T>(
  name: string,
  run: () => Promise<T>,
): Promise<T | undefined> {
  try {
    const value = await run();
    console.log(`pass ${name}`);
    return value;
  } catch (error) {
    console.log(`fail ${name}: ${reason(error)}`);
    process.exitCode = 1;
    return undefined;
  }
}

/**
 * Says that the client cannot express what a step needs. Whoever calls it has
 * asserted that this is still so.
 */
export function limit(step: string, id: string): void {
  console.log(`limit ${step}: ${id}`);
}

/** Compares what is no secret. */
export function expect<T>(what: string, actual: T, expected: T): void {
  assert.deepEqual(
    actual,
    expected,
    `${what}: expected ${JSON.stringify(expected)}, came ${JSON.stringify(actual)}`,
  );
}

/** What an earlier step gave. */
export function needed<T>(value: T | undefined, step: string): T {
  assert(value !== undefined, `needs what the step ${step} gives`);
  return value;
}

/** The body of an answer with this status, which is a success. */
export function success<T>(
  answer: { data?: T; response: Response },
  status: number,
): T {
  expect("status", answer.response.status, status);
  assert(
    answer.data !== undefined,
    `expected a body with the ${status}, came none`,
  );
  return answer.data;
}

/** The body of an answer with this status, which is an error. */
export function failure<E>(
  answer: { error?: E; response: Response },
  status: number,
): E {
  expect("status", answer.response.status, status);
  assert(
    answer.error !== undefined,
    `expected a body with the ${status}, came none`,
  );
  return answer.error;
}

/** The setting `name` of the environment. */
export function environment(name: string): string {
  const value = process.env[name];
  assert(value, `${name} is not set`);
  return value;
}

// Node adds lines of its own to the text of an assertion. The text of an error
// that is not ours may quote a URL or a body, so only kind and place are told.
function reason(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  if (error instanceof AssertionError)
    return error.message.replace(/\n.*/s, "");
  const place = error.stack?.match(/^ +at .*$/m)?.[0].trim();
  return `${error.name} ${place ?? ""}`;
}
