import { base64OfText } from '../base64.ts';
import type { ObjectDraft } from '../draft.ts';
import type { Strategy } from '../strategy.ts';
import {
  type IngressClassDraft,
  type NamespaceDraft,
  type NodeDraft,
  validateIngressClassCreate,
  validateIngressClassUpdate,
  validateNamespaceCreate,
  validateNamespaceUpdate,
  validateNodeCreate,
  validateNodeUpdate,
} from '../validation/cluster-objects.ts';
import {
  type ConfigMapDraft,
  type SecretDraft,
  validateConfigMapCreate,
  validateConfigMapUpdate,
  validateSecretCreate,
  validateSecretUpdate,
} from '../validation/configuration.ts';
import { type EndpointsDraft, validateEndpointsCreate, validateEndpointsUpdate } from '../validation/endpoints.ts';
import { nameIsDnsSubdomain, validateObjectMeta, validateObjectMetaUpdate } from '../validation/object-meta.ts';
import { ipWarnings } from '../warnings/ip.ts';

/** Models: pkg/registry/core/configmap/strategy.go, v1.37. */
export const configMapStrategy: Strategy<ConfigMapDraft> = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  resource: 'configmaps',
  namespaced: true,
  counted: 'nothing',
  default() {},
  validateCreate: validateConfigMapCreate,
  validateUpdate: validateConfigMapUpdate,
};

/** Models: pkg/registry/core/secret/strategy.go and pkg/apis/core/v1/conversion.go, v1.37. */
export const secretStrategy: Strategy<SecretDraft> = {
  group: '',
  version: 'v1',
  kind: 'Secret',
  resource: 'secrets',
  namespaced: true,
  counted: 'nothing',
  default(secret) {
    secret.type ??= 'Opaque';
    // Plain texts are only a way of writing: what is stored is base64.
    for (const [key, text] of Object.entries(secret.stringData ?? {})) secret.data = { ...secret.data, [key]: base64OfText(text) };
    delete secret.stringData;
  },
  prepare(secret, old) {
    // A type that is left out on an update stays what it was.
    if (old?.type !== undefined && secret.type === undefined) secret.type = old.type;
  },
  validateCreate: validateSecretCreate,
  validateUpdate: validateSecretUpdate,
};

const nameLabel = 'kubernetes.io/metadata.name';

/** Models: pkg/registry/core/namespace/strategy.go, v1.37. */
export const namespaceStrategy: Strategy<NamespaceDraft> = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  resource: 'namespaces',
  namespaced: false,
  counted: 'nothing',
  default(namespace) {
    namespace.spec ??= {};
    // NetworkPolicies choose namespaces by this label.
    if (namespace.metadata.name !== undefined) {
      namespace.metadata.labels = { ...namespace.metadata.labels, [nameLabel]: namespace.metadata.name };
    }
  },
  prepare(namespace, old) {
    namespace.status = old?.status ?? { phase: 'Active' };
    if (old !== undefined) namespace.spec = old.spec;
    else if (!(namespace.spec.finalizers ?? []).includes('kubernetes')) {
      namespace.spec.finalizers = [...(namespace.spec.finalizers ?? []), 'kubernetes'];
    }
  },
  validateCreate: validateNamespaceCreate,
  validateUpdate: validateNamespaceUpdate,
};

/** Models: pkg/registry/core/node/strategy.go, v1.37. */
export const nodeStrategy: Strategy<NodeDraft> = {
  group: '',
  version: 'v1',
  kind: 'Node',
  resource: 'nodes',
  namespaced: false,
  counted: 'nothing',
  default(node) {
    node.spec ??= {};
    node.status ??= {};
    // One range and the list of ranges are two names of one thing.
    if (node.spec.podCIDR !== undefined) node.spec.podCIDRs ??= [node.spec.podCIDR];
  },
  prepare(node, old) {
    if (old !== undefined) node.status = old.status;
  },
  validateCreate: validateNodeCreate,
  validateUpdate: validateNodeUpdate,
  notModelled: ({ status }) => (Object.keys(status).length > 0 ? ['status'] : []),
};

/** Models: pkg/registry/core/endpoint/strategy.go, v1.37. */
export const endpointsStrategy: Strategy<EndpointsDraft> = {
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  resource: 'endpoints',
  namespaced: true,
  counted: 'nothing',
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  default(endpoints) {
    for (const { ports = [] } of endpoints.subsets ?? []) for (const port of ports) port.protocol ??= 'TCP';
  },
  validateCreate: validateEndpointsCreate,
  validateUpdate: validateEndpointsUpdate,
  warnings(endpoints) {
    return (endpoints.subsets ?? []).flatMap((subset, i) =>
      (['addresses', 'notReadyAddresses'] as const).flatMap((field) =>
        (subset[field] ?? []).flatMap(({ ip = '' }, j) => ipWarnings(`subsets[${i}].${field}[${j}].ip`, ip)),
      ),
    );
  },
};

/** Models: pkg/registry/networking/ingressclass/strategy.go, v1.37. */
export const ingressClassStrategy: Strategy<IngressClassDraft> = {
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IngressClass',
  resource: 'ingressclasses',
  namespaced: false,
  counted: 'spec',
  default(ingressClass) {
    ingressClass.spec ??= {};
    if (ingressClass.spec.parameters !== undefined) ingressClass.spec.parameters.scope ??= 'Cluster';
  },
  validateCreate: validateIngressClassCreate,
  validateUpdate: validateIngressClassUpdate,
};

/** Models: pkg/registry/core/serviceaccount/strategy.go, v1.37. */
export const serviceAccountStrategy: Strategy = {
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  resource: 'serviceaccounts',
  namespaced: true,
  counted: 'nothing',
  default() {},
  validateCreate: (account: ObjectDraft, errors) => validateObjectMeta(account.metadata, true, nameIsDnsSubdomain, 'metadata', errors),
  validateUpdate: (account: ObjectDraft, old, errors) => validateObjectMetaUpdate(account.metadata, old.metadata, 'metadata', errors),
};
