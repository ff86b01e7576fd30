import type { APIRoute } from 'astro';
import { diagnosticsCatalogue } from '../lessons/diagnostics-catalogue.ts';

/** Fetched by the editor when the first diagnostic comes up; one file for the whole site. */
export const GET: APIRoute = () =>
  new Response(JSON.stringify(diagnosticsCatalogue()), { headers: { 'content-type': 'application/json' } });
