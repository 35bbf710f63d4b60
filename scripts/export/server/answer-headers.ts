/** What our servers tell a browser to keep to, with every answer: pages and workers obey the policy that came with them. */
import type { ServerResponse } from 'node:http';

/** Says what the page of an answer may do: the deck that is printed, a document for paper, or those that people look at. */
export function confine(response: ServerResponse, policy: 'printed' | 'paper' | 'live'): void {
  response.setHeader('Content-Security-Policy', policies[policy]);
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
}

const always = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** Slidev's pages set styles on elements and in sheets of their own; nothing in them needs more than these. */
const common = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
  'font-src': "'self' data:",
  // Else it would be what script-src says.
  'worker-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

const policies = {
  printed: written({
    ...common,
    'frame-ancestors': "'none'",
    // No windows, no downloads.
    sandbox: 'allow-scripts allow-same-origin',
  }),
  // Plain HTML: no script at all.
  paper: written({ ...common, 'script-src': "'none'", 'frame-ancestors': "'none'", sandbox: 'allow-same-origin' }),
  live: written({ ...common, 'connect-src': "'self'", 'media-src': "'self'", 'frame-ancestors': "'self'" }),
};

function written(policy: Record<string, string>): string {
  return Object.entries(policy)
    .map(([directive, value]) => `${directive} ${value}`)
    .join('; ');
}
