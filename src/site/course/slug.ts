/** The lesson's slug out of its entry's id: `lessons/s3-clusterip` is `s3-clusterip`. */
export function slugOf(id: string): string {
  return id.replace(/^lessons\//, '');
}
