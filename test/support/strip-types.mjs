import { createHash } from 'node:crypto';
import ts from 'typescript';

/** Jest transform: removes types and keeps everything else, as Node itself does from version 22.18 on. */
const compilerOptions = {
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2023,
  verbatimModuleSyntax: true,
  inlineSourceMap: true,
};

export default {
  process(source, fileName) {
    return { code: ts.transpileModule(source, { fileName, compilerOptions }).outputText };
  },
  getCacheKey(source, fileName) {
    return createHash('sha256').update(ts.version).update(fileName).update(source).digest('hex');
  },
};
