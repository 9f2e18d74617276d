/** Today as an ISO date in UTC; decides which waivers have expired. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
