/** Grafana's own variables that stand for a duration or a number. */
const durations = /^__(?:rate_)?interval$|^interval$|^__range$|^(?:resolution|window|rate|period|range|step)$/;
const numbers = /^__(?:interval_ms|range_s|range_ms|from|to)$|^__(?:from|to):/;

/**
 * An expression with Grafana's variables replaced by something of the same length that parses in their place: a duration inside
 * brackets and after `offset`, a name elsewhere; within strings nothing needs to change.
 *
 * @see https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
 */
export function withoutVariables(expression: string): string {
  return expression.replaceAll(
    /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\$\{([^}]*)\}|\[\[(\w+)(?::\w+)?\]\]|\$(\w+)/g,
    (
      match: string,
      braced: string | undefined,
      bracketed: string | undefined,
      plain: string | undefined,
      offset: number,
    ) => {
      const name = braced ?? bracketed ?? plain;
      if (name === undefined) return match;
      const bare = name.replace(/[:.].*$/, '');
      const before = expression.slice(0, offset);
      const after = expression.slice(offset + match.length);
      if (numbers.test(name)) return '1'.padEnd(match.length);
      const inRange = /\[[^\]"']*$/.test(before) || /(?:offset\s+-?|:\s*)$/.test(before);
      if (inRange || durations.test(bare)) {
        // `$n` of `[$nm]` is a number whose unit follows.
        return /^(?:ms|[smhdwy])\b/.test(after) ? '1'.repeat(match.length) : '5m'.padEnd(match.length);
      }
      if (/(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*$/i.test(before)) return 'x'.repeat(match.length);
      // Next to letters it is a part of a name; where a value stands, it is one.
      const joined = /\w$/.test(before) || /^\w/.test(after) || /^\s*[{([]/.test(after);
      if (joined) return 'x'.repeat(match.length);
      // As a comparison's or function's operand a number is as good as a metric.
      return /[-+*/%^<>=,(]\s*$/.test(before) && /[<>=*/%^+-]\s*$/.test(before)
        ? '1'.padEnd(match.length)
        : 'x'.repeat(match.length);
    },
  );
}
