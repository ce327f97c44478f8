// Runs the areas that are named as arguments, in their order.

/** What `support.ts`, `zis.ts` and `chat.ts` have in common. */
interface Area {
  run(): Promise<void>;
}

for (const area of process.argv.slice(2)) {
  const { run }: Area = await import(`./${area}.js`);
  await run();
}
