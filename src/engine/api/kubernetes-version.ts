/** The one version of Kubernetes this engine models; the recordings come from it. */
export const kubernetesVersion = 'v1.37.1';
