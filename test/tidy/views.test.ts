// Owns the proof that the scanner tells code from comment and string, in the shapes that trip a simple one.

import fc from 'fast-check';
import test from 'ava';

import { viewsOf } from './views.js';

const codeOf = (text: string): string => viewsOf(text).code.replace(/\s+/g, ' ').trim();

test('tidy: views: comments, strings, templates and patterns', (t) => {
  t.is(codeOf("a(); // it's b()"), 'a();');
  t.is(codeOf("a('b()', \"it's\"); /* c('\n */ d();"), 'a(\' \', " "); d();');
  t.is(codeOf("a('\\'b()'); c();"), "a(' '); c();");
  t.is(codeOf('`b() ${c(`d ${e}`)} f()`; g();'), '` ${c(` ${e}`)} `; g();');
  t.is(codeOf('`${{ a: {} }.a} b()`; c();'), '`${{ a: {} }.a} `; c();');
  t.is(codeOf('`\\${a} $b`; c();'), '` `; c();');
  t.is(codeOf('a = /[\'"`/*]/; b();'), 'a = ; b();');
  t.is(codeOf('a = b / c / d; // e'), 'a = b / c / d;');
  t.is(codeOf('(a + b) / c; `/`'), '(a + b) / c; ` `');
});

test('tidy: views: the comment view holds comments alone', (t) => {
  t.is(viewsOf("a(); // TODO\n'TODO'").comments.trim(), '// TODO');
});

test('tidy: views: any text keeps its length and its lines', (t) => {
  const pieces = fc.constantFrom('`', '${', '}', '{', "'", '"', '/', '//', '/*', '*/', '\\', '\n', 'a', ' ', '(');
  fc.assert(
    fc.property(
      fc.array(pieces).map((parts) => parts.join('')),
      (text) => {
        const { code, comments } = viewsOf(text);
        const newlines = text.replace(/[^\n]/g, ' ');
        t.is(code.replace(/[^\n]/g, ' '), newlines);
        t.is(comments.replace(/[^\n]/g, ' '), newlines);
      },
    ),
  );
});
