/** Fields of ObjectMeta this course reads. UIDs, resource versions and times are the store's matter and never printed. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly generateName?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly generation?: number;
  readonly uid?: string;
  /** Milliseconds of the cluster's clock. Kubernetes keeps RFC 3339 text; printers convert. */
  readonly creationTime?: number;
  readonly deletionTime?: number;
  readonly ownerReferences?: readonly {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly uid?: string;
    readonly controller?: boolean;
  }[];
}

/** Any object as the API server keeps it, defaults filled in. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
  readonly spec?: object;
  readonly status?: object;
  readonly [field: string]: unknown;
}
