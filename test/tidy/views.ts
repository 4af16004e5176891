// Owns the reading of source text: which characters are code, and which are comment. A small scanner, because
// TypeScript 7 has no compiler API in JavaScript. It knows strings, templates (their `${}` is code), comments and
// regular expressions; it leaves out types and scopes, so each rule stays a plain pattern.

/** Two views of one text, each as long as the text, so that an offset in a view is an offset in the text. */
export interface Views {
  /** Comments and the insides of strings are blank; quotes and newlines stay. */
  readonly code: string;
  /** All but comments is blank. */
  readonly comments: string;
}

// After these a slash begins a regular expression; after a name, a number or a closing bracket it divides.
const slashBeginsPattern = /(?:^|[=(,:;[!&|?{}+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else|void|await|yield))\s*$/;

const token =
  /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<string>'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*")|(?<slash>\/)|(?<mark>[`{}])/g;
const pattern = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const templateText = /(?:\\[\s\S]|\$(?!\{)|[^\\`$])*/y;

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** Splits a text into its two views. Text that is no TypeScript gives some views, never an error. */
export function viewsOf(text: string): Views {
  let code = '';
  let comments = '';
  let at = 0;
  // One entry for each open brace: true when its closing brace returns to the text of a template.
  const braces: boolean[] = [];

  const take = (end: number, kind: 'code' | 'comment' | 'hidden'): void => {
    const piece = text.slice(at, end);
    code += kind === 'code' ? piece : blank(piece);
    comments += kind === 'comment' ? piece : blank(piece);
    at = end;
  };
  const takeTemplateText = (): void => {
    templateText.lastIndex = at;
    templateText.test(text);
    take(Math.max(at, templateText.lastIndex), 'hidden');
    if (text.startsWith('${', at)) {
      braces.push(true);
      take(at + 2, 'code');
    } else {
      take(Math.min(at + 1, text.length), 'code');
    }
  };

  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) {
      take(text.length, 'code');
      break;
    }
    take(found.index, 'code');
    const end = found.index + found[0].length;
    if (found.groups?.['comment'] !== undefined) {
      take(end, 'comment');
    } else if (found.groups?.['string'] !== undefined) {
      take(at + 1, 'code');
      take(end - 1, 'hidden');
      take(end, 'code');
    } else if (found.groups?.['slash'] !== undefined) {
      pattern.lastIndex = at;
      const isPattern = slashBeginsPattern.test(code.slice(-80)) && pattern.test(text);
      take(isPattern ? pattern.lastIndex : end, isPattern ? 'hidden' : 'code');
    } else {
      take(end, 'code');
      if (found[0] === '{') braces.push(false);
      if (found[0] === '`' || (found[0] === '}' && braces.pop() === true)) takeTemplateText();
    }
  }
  return { code, comments };
}
