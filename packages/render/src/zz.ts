import { flowText } from './scalar.ts';
import { goReads } from './go-reads.ts';
import { parse } from 'yaml'; import { load } from 'js-yaml';
const run = (alphabet: string, n: number, prefix='') => {
  let all = [prefix]; let level = [prefix];
  for (let i=0;i<n;i++) { level = level.flatMap(x=>[...alphabet].map(c=>x+c)); all.push(...level); }
  const bad = new Set<string>();
  let quotedN = 0;
  for (let at=0; at<all.length; at+=20000) {
    const part = all.slice(at, at+20000);
    const doc = part.map(x=>`- ${flowText(x)}\n`).join('');
    quotedN += part.filter(x=>flowText(x)!==x).length;
    const check = (got: any, who: string) => part.forEach((x,i)=>{ if (got[i]!==x) bad.add(who+' '+JSON.stringify(x)); });
    check((goReads!([doc])[0] as any).json, 'go'); check(load(doc),'js-yaml'); 
    check(parse(doc,{version:'1.2'}),'1.2'); check(parse(doc,{version:'1.1'}),'1.1');
  }
  console.log(alphabet, all.length, 'quoted', quotedN, [...bad].slice(0,20));
};
run('019xobeE._-+:,aifnT', 4);
run('01xe._-+:', 5);
run('eEyYnNoOsSfFtTrRuUaAlL~', 4);
run('0123-T:Z. t', 3, '2001-01-0');
