import { createReadStream, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Command, type ExitCode, exitCodes, UsageError } from '../command.ts';
import { readCluster, readText } from '../files.ts';
import { type AdmissionQuestion, answerAdmission } from './admission.ts';
import { answerFuzz, type FuzzQuestion } from './fuzz.ts';
import { answerPolicies, type PolicyQuestion } from './policies.ts';
import { answerScenario, type ScenarioQuestion } from './scenario.ts';

export const answer: Command = {
  name: 'answer',
  summary: "answer a recording's questions, for comparison with a real cluster",
  help: `packet-path answer admission|fuzz IN.jsonl > OUT.jsonl
packet-path answer scenarios|policies IN_DIR OUT_DIR

Reads records that hold only what was asked, in the form of test/conformance, and writes what the simulated cluster answers. Each record gets a
fresh cluster of the world "recorded". A record that cannot be answered gets an answer that says so; the others go on.`,
  async run(args, terminal): Promise<ExitCode> {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
    const [what, input, output] = positionals;
    const world = readCluster('recorded');
    if (what === 'admission' || what === 'fuzz') {
      if (input === undefined) throw new UsageError(`name the file of questions: packet-path answer ${what} IN.jsonl > OUT.jsonl`);
      readText(input);
      for await (const line of createInterface({ input: createReadStream(input, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
        if (line.trim() !== '')
          terminal.stdout.write(
            `${JSON.stringify(what === 'admission' ? answerSafely(line, (one: AdmissionQuestion) => answerAdmission(one, world)) : answerSafely(line, (one: FuzzQuestion) => answerFuzz(one, world)))}\n`,
          );
      }
      return exitCodes.ok;
    }
    if (what === 'scenarios' || what === 'policies') {
      if (input === undefined || output === undefined) throw new UsageError(`name both folders: packet-path answer ${what} IN_DIR OUT_DIR`);
      mkdirSync(output, { recursive: true });
      for (const name of readdirSync(input).filter((file) => file.endsWith('.json'))) {
        const text = readText(join(input, name));
        const answered =
          what === 'scenarios'
            ? answerSafely(text, (one: ScenarioQuestion) => answerScenario(one, world))
            : answerSafely(text, (one: PolicyQuestion) => answerPolicies(one, world));
        writeFileSync(join(output, name), `${JSON.stringify(answered, undefined, 1)}\n`);
      }
      return exitCodes.ok;
    }
    throw new UsageError('say what to answer: admission, fuzz, scenarios or policies');
  },
};

/**
 * One record's answer, whatever happens: a bug of ours in one record must not cost the others. `T` is what the caller takes the record to be:
 * the files are made by this project's own tools.
 */
export function answerSafely<T extends { readonly id: string }>(text: string, one: (record: T) => object): object {
  let id = '';
  try {
    const record = JSON.parse(text) as T;
    id = record.id;
    return one(record);
  } catch (error) {
    return { id, notModelled: ['this record'], problem: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
