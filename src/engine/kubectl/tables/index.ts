import {
  configMapTable,
  ingressClassTable,
  ingressTable,
  namespaceTable,
  networkPolicyTable,
  nodeTable,
  secretTable,
} from './cluster-tables.ts';
import { endpointSliceTable, endpointsTable } from './endpoints-table.ts';
import { eventTable } from './event-table.ts';
import { podTable } from './pod-table.ts';
import { serviceTable } from './service-table.ts';
import type { TableLayout } from './table.ts';
import { daemonSetTable, deploymentTable, jobTable, replicaSetTable, statefulSetTable } from './workload-tables.ts';

/** By kind; every kind that the command line knows has a table. */
export const tables: Readonly<Record<string, TableLayout>> = {
  ConfigMap: configMapTable,
  DaemonSet: daemonSetTable,
  Deployment: deploymentTable,
  EndpointSlice: endpointSliceTable,
  Endpoints: endpointsTable,
  Event: eventTable,
  Ingress: ingressTable,
  IngressClass: ingressClassTable,
  Job: jobTable,
  Namespace: namespaceTable,
  NetworkPolicy: networkPolicyTable,
  Node: nodeTable,
  Pod: podTable,
  ReplicaSet: replicaSetTable,
  Secret: secretTable,
  Service: serviceTable,
  StatefulSet: statefulSetTable,
};
