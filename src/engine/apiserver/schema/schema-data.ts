/*
 * Made by scripts/api-schema from the Go types of k8s.io/api v0.37.1. Do not edit.
 *
 * Copyright The Kubernetes Authors. Licensed under the Apache License, Version 2.0 (http://www.apache.org/licenses/LICENSE-2.0).
 */

/** The kinds, then one Go struct a line. Read it through `schema.ts`, which explains the grammar. */
export const schemaData = `apps/v1 DaemonSet
apps/v1 Deployment
apps/v1 ReplicaSet
apps/v1 StatefulSet
batch/v1 CronJob
batch/v1 Job
v1 ConfigMap
v1 Endpoints
v1 Namespace
v1 Node
v1 Pod
v1 Secret
v1 Service
v1 ServiceAccount
discovery.k8s.io/v1 EndpointSlice
networking.k8s.io/v1 Ingress
networking.k8s.io/v1 IngressClass
networking.k8s.io/v1 NetworkPolicy

AWSElasticBlockStoreVolumeSource volumeID:s fsType:s? partition:i? readOnly:b?
Affinity nodeAffinity:*.NodeAffinity? podAffinity:*.PodAffinity? podAntiAffinity:*.PodAntiAffinity?
AppArmorProfile type:'AppArmorProfileType localhostProfile:*s?
AttachedVolume name:'UniqueVolumeName devicePath:s
AzureDiskVolumeSource diskName:s diskURI:s cachingMode:*'AzureDataDiskCachingMode? fsType:*s? readOnly:*b? kind:*'AzureDataDiskKind?
AzureFileVolumeSource secretName:s shareName:s readOnly:b?
CSIVolumeSource driver:s readOnly:*b? fsType:*s? volumeAttributes:{s? nodePublishSecretRef:*.LocalObjectReference?
Capabilities add:['Capability? drop:['Capability?
CephFSVolumeSource monitors:[s path:s? user:s? secretFile:s? secretRef:*.LocalObjectReference? readOnly:b?
CinderVolumeSource volumeID:s fsType:s? readOnly:b? secretRef:*.LocalObjectReference?
ClientIPConfig timeoutSeconds:*i?
ClusterTrustBundleProjection name:*s? signerName:*s? labelSelector:*.LabelSelector? optional:*b? path:s user:*l?
Condition type:s status:'ConditionStatus observedGeneration:l? lastTransitionTime:T reason:s message:s
ConfigMap kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? immutable:*b? data:{s? binaryData:{y?
ConfigMapEnvSource name:s?@LocalObjectReference optional:*b?
ConfigMapKeySelector name:s?@LocalObjectReference key:s optional:*b?
ConfigMapNodeConfigSource namespace:s name:s uid:'types.UID? resourceVersion:s? kubeletConfigKey:s
ConfigMapProjection name:s?@LocalObjectReference items:[.KeyToPath? optional:*b?
ConfigMapVolumeSource name:s?@LocalObjectReference items:[.KeyToPath? defaultMode:*i? optional:*b? defaultUser:*l?
Container name:s image:s? command:[s? args:[s? workingDir:s? ports:[.ContainerPort?%merge=containerPort envFrom:[.EnvFromSource? env:[.EnvVar?%merge=name resources:.ResourceRequirements? resizePolicy:[.ContainerResizePolicy? restartPolicy:*'ContainerRestartPolicy? restartPolicyRules:[.ContainerRestartRule? volumeMounts:[.VolumeMount?%merge=mountPath volumeDevices:[.VolumeDevice?%merge=devicePath livenessProbe:*.Probe? readinessProbe:*.Probe? startupProbe:*.Probe? lifecycle:*.Lifecycle? terminationMessagePath:s? terminationMessagePolicy:'TerminationMessagePolicy? imagePullPolicy:'PullPolicy? securityContext:*.SecurityContext? stdin:b? stdinOnce:b? tty:b?
ContainerExtendedResourceRequest containerName:s resourceName:s requestName:s
ContainerImage names:[s sizeBytes:l?
ContainerPort name:s? hostPort:i? containerPort:i protocol:'Protocol? hostIP:s?
ContainerResizePolicy resourceName:'ResourceName restartPolicy:'ResourceResizeRestartPolicy
ContainerRestartRule action:'ContainerRestartRuleAction? exitCodes:*.ContainerRestartRuleOnExitCodes?
ContainerRestartRuleOnExitCodes operator:'ContainerRestartRuleOnExitCodesOperator? values:[i?
ContainerState waiting:*.ContainerStateWaiting? running:*.ContainerStateRunning? terminated:*.ContainerStateTerminated?
ContainerStateRunning startedAt:T?
ContainerStateTerminated exitCode:i signal:i? reason:s? message:s? startedAt:T? finishedAt:T? containerID:s?
ContainerStateWaiting reason:s? message:s?
ContainerStatus name:s state:.ContainerState? lastState:.ContainerState? ready:b restartCount:i image:s imageID:s containerID:s? started:*b? allocatedResources:L? resources:*.ResourceRequirements? volumeMounts:[.VolumeMountStatus?%merge=mountPath user:*.ContainerUser? allocatedResourcesStatus:[.ResourceStatus?%merge=name stopSignal:*'Signal?
ContainerUser linux:*.LinuxContainerUser?
CronJob kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.CronJobSpec? status:.CronJobStatus?
CronJobSpec schedule:s timeZone:*s? startingDeadlineSeconds:*l? concurrencyPolicy:'ConcurrencyPolicy? suspend:*b? jobTemplate:.JobTemplateSpec successfulJobsHistoryLimit:*i? failedJobsHistoryLimit:*i?
CronJobStatus active:[.ObjectReference? lastScheduleTime:*T? lastSuccessfulTime:*T?
DaemonEndpoint Port:i
DaemonSet kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.DaemonSetSpec? status:.DaemonSetStatus?
DaemonSetCondition type:'DaemonSetConditionType status:'ConditionStatus lastTransitionTime:T? reason:s? message:s?
DaemonSetSpec selector:*.LabelSelector template:.PodTemplateSpec updateStrategy:.DaemonSetUpdateStrategy? minReadySeconds:i? revisionHistoryLimit:*i?
DaemonSetStatus currentNumberScheduled:i numberMisscheduled:i desiredNumberScheduled:i numberReady:i observedGeneration:l? updatedNumberScheduled:i? numberAvailable:i? numberUnavailable:i? collisionCount:*i? conditions:[.DaemonSetCondition?%merge=type
DaemonSetUpdateStrategy type:'DaemonSetUpdateStrategyType? rollingUpdate:*.RollingUpdateDaemonSet?
Deployment kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.DeploymentSpec? status:.DeploymentStatus?
DeploymentCondition type:'DeploymentConditionType status:'ConditionStatus lastUpdateTime:T? lastTransitionTime:T? reason:s? message:s?
DeploymentSpec replicas:*i? selector:*.LabelSelector template:.PodTemplateSpec strategy:.DeploymentStrategy?%retainKeys minReadySeconds:i? revisionHistoryLimit:*i? paused:b? progressDeadlineSeconds:*i?
DeploymentStatus observedGeneration:l? replicas:i? updatedReplicas:i? readyReplicas:i? availableReplicas:i? unavailableReplicas:i? terminatingReplicas:*i? conditions:[.DeploymentCondition?%merge=type collisionCount:*i?
DeploymentStrategy type:'DeploymentStrategyType? rollingUpdate:*.RollingUpdateDeployment?
DownwardAPIProjection items:[.DownwardAPIVolumeFile?
DownwardAPIVolumeFile path:s fieldRef:*.ObjectFieldSelector? resourceFieldRef:*.ResourceFieldSelector? mode:*i? user:*l?
DownwardAPIVolumeSource items:[.DownwardAPIVolumeFile? defaultMode:*i? defaultUser:*l?
EmptyDirVolumeSource medium:'StorageMedium? sizeLimit:*Q? mode:*i?
Endpoint addresses:[s conditions:.EndpointConditions? hostname:*s? targetRef:*.ObjectReference? deprecatedTopology:{s? nodeName:*s? zone:*s? hints:*.EndpointHints?
EndpointAddress ip:s hostname:s? nodeName:*s? targetRef:*.ObjectReference?
EndpointConditions ready:*b? serving:*b? terminating:*b?
EndpointHints forZones:[.ForZone? forNodes:[.ForNode?
EndpointPort name:s? port:i protocol:'Protocol? appProtocol:*s?
EndpointSlice kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? addressType:'AddressType endpoints:[.Endpoint ports:[.discovery/EndpointPort
EndpointSubset addresses:[.EndpointAddress? notReadyAddresses:[.EndpointAddress? ports:[.EndpointPort?
Endpoints kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? subsets:[.EndpointSubset?
EnvFromSource prefix:s? configMapRef:*.ConfigMapEnvSource? secretRef:*.SecretEnvSource?
EnvVar name:s value:s? valueFrom:*.EnvVarSource?
EnvVarSource fieldRef:*.ObjectFieldSelector? resourceFieldRef:*.ResourceFieldSelector? configMapKeyRef:*.ConfigMapKeySelector? secretKeyRef:*.SecretKeySelector? fileKeyRef:*.FileKeySelector?
EphemeralContainer name:s@EphemeralContainerCommon image:s?@EphemeralContainerCommon command:[s?@EphemeralContainerCommon args:[s?@EphemeralContainerCommon workingDir:s?@EphemeralContainerCommon ports:[.ContainerPort?@EphemeralContainerCommon%merge=containerPort envFrom:[.EnvFromSource?@EphemeralContainerCommon env:[.EnvVar?@EphemeralContainerCommon%merge=name resources:.ResourceRequirements?@EphemeralContainerCommon resizePolicy:[.ContainerResizePolicy?@EphemeralContainerCommon restartPolicy:*'ContainerRestartPolicy?@EphemeralContainerCommon restartPolicyRules:[.ContainerRestartRule?@EphemeralContainerCommon volumeMounts:[.VolumeMount?@EphemeralContainerCommon%merge=mountPath volumeDevices:[.VolumeDevice?@EphemeralContainerCommon%merge=devicePath livenessProbe:*.Probe?@EphemeralContainerCommon readinessProbe:*.Probe?@EphemeralContainerCommon startupProbe:*.Probe?@EphemeralContainerCommon lifecycle:*.Lifecycle?@EphemeralContainerCommon terminationMessagePath:s?@EphemeralContainerCommon terminationMessagePolicy:'TerminationMessagePolicy?@EphemeralContainerCommon imagePullPolicy:'PullPolicy?@EphemeralContainerCommon securityContext:*.SecurityContext?@EphemeralContainerCommon stdin:b?@EphemeralContainerCommon stdinOnce:b?@EphemeralContainerCommon tty:b?@EphemeralContainerCommon targetContainerName:s?
EphemeralVolumeSource volumeClaimTemplate:*.PersistentVolumeClaimTemplate?
EvictionResponder name:s priority:*i
ExecAction command:[s?
FCVolumeSource targetWWNs:[s? lun:*i? fsType:s? readOnly:b? wwids:[s?
FileKeySelector volumeName:s path:s key:s optional:*b?
FlexVolumeSource driver:s fsType:s? secretRef:*.LocalObjectReference? readOnly:b? options:{s?
FlockerVolumeSource datasetName:s? datasetUUID:s?
ForNode name:s
ForZone name:s
GCEPersistentDiskVolumeSource pdName:s fsType:s? partition:i? readOnly:b?
GRPCAction port:i service:*s mode:*'GRPCProbeMode?
GitRepoVolumeSource repository:s revision:s? directory:s?
GlusterfsVolumeSource endpoints:s path:s readOnly:b?
HTTPGetAction path:s? port:I host:s? scheme:'URIScheme? httpHeaders:[.HTTPHeader? protocol:*'HTTPProtocol?
HTTPHeader name:s value:s
HTTPIngressPath path:s? pathType:*'PathType backend:.IngressBackend
HTTPIngressRuleValue paths:[.HTTPIngressPath
HostAlias ip:s hostnames:[s?
HostIP ip:s
HostPathVolumeSource path:s type:*'HostPathType?
IPBlock cidr:s except:[s?
ISCSIVolumeSource targetPortal:s iqn:s lun:i iscsiInterface:s? fsType:s? readOnly:b? portals:[s? chapAuthDiscovery:b? chapAuthSession:b? secretRef:*.LocalObjectReference? initiatorName:*s?
ImageVolumeSource reference:s? pullPolicy:'PullPolicy?
ImageVolumeStatus imageRef:s?
Ingress kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.IngressSpec? status:.IngressStatus?
IngressBackend service:*.IngressServiceBackend? resource:*.TypedLocalObjectReference?
IngressClass kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.IngressClassSpec?
IngressClassParametersReference apiGroup:*s? kind:s name:s scope:*s namespace:*s?
IngressClassSpec controller:s? parameters:*.IngressClassParametersReference?
IngressLoadBalancerIngress ip:s? hostname:s? ports:[.IngressPortStatus?
IngressLoadBalancerStatus ingress:[.IngressLoadBalancerIngress?
IngressPortStatus port:i protocol:'Protocol error:*s?
IngressRule host:s? http:*.HTTPIngressRuleValue?@IngressRuleValue
IngressServiceBackend name:s port:.ServiceBackendPort?
IngressSpec ingressClassName:*s? defaultBackend:*.IngressBackend? tls:[.IngressTLS? rules:[.IngressRule?
IngressStatus loadBalancer:.IngressLoadBalancerStatus?
IngressTLS hosts:[s? secretName:s?
Job kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.JobSpec? status:.JobStatus?
JobCondition type:'JobConditionType status:'ConditionStatus lastProbeTime:T? lastTransitionTime:T? reason:s? message:s?
JobSchedulingConfiguration schedulingPolicy:*.v1alpha3.WorkloadPodGroupSchedulingPolicy? schedulingConstraints:*.v1alpha3.WorkloadPodGroupSchedulingConstraints? disruptionMode:*.v1alpha3.WorkloadPodGroupDisruptionMode? resourceClaims:[.v1alpha3.WorkloadPodGroupResourceClaim?%merge=name
JobSpec parallelism:*i? completions:*i? activeDeadlineSeconds:*l? podFailurePolicy:*.PodFailurePolicy? successPolicy:*.SuccessPolicy? backoffLimit:*i? backoffLimitPerIndex:*i? maxFailedIndexes:*i? selector:*.LabelSelector? manualSelector:*b? template:.PodTemplateSpec ttlSecondsAfterFinished:*i? completionMode:*'CompletionMode? suspend:*b? podReplacementPolicy:*'PodReplacementPolicy? managedBy:*s? scheduling:*.JobSchedulingConfiguration?
JobStatus conditions:[.JobCondition?%merge=type startTime:*T? completionTime:*T? active:i? succeeded:i? failed:i? terminating:*i? completedIndexes:s? failedIndexes:*s? uncountedTerminatedPods:*.UncountedTerminatedPods? ready:*i?
JobTemplateSpec metadata:.ObjectMeta? spec:.JobSpec?
KeyToPath key:s path:s mode:*i? user:*l?
LabelSelector matchLabels:{s? matchExpressions:[.LabelSelectorRequirement?
LabelSelectorRequirement key:s operator:'LabelSelectorOperator values:[s?
Lifecycle postStart:*.LifecycleHandler? preStop:*.LifecycleHandler? stopSignal:*'Signal?
LifecycleHandler exec:*.ExecAction? httpGet:*.HTTPGetAction? tcpSocket:*.TCPSocketAction? sleep:*.SleepAction?
LinuxContainerUser uid:l gid:l supplementalGroups:[l?
LoadBalancerIngress ip:s? hostname:s? ipMode:*'LoadBalancerIPMode? ports:[.PortStatus?
LoadBalancerStatus ingress:[.LoadBalancerIngress?
LocalObjectReference name:s?
ManagedFieldsEntry manager:s? operation:'ManagedFieldsOperationType? apiVersion:s? time:*T? fieldsType:s? fieldsV1:*R? subresource:s?
ModifyVolumeStatus targetVolumeAttributesClassName:s? status:'PersistentVolumeClaimModifyVolumeStatus
NFSVolumeSource server:s path:s readOnly:b?
Namespace kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.NamespaceSpec? status:.NamespaceStatus?
NamespaceCondition type:'NamespaceConditionType status:'ConditionStatus lastTransitionTime:T? reason:s? message:s?
NamespaceSpec finalizers:['FinalizerName?
NamespaceStatus phase:'NamespacePhase? conditions:[.NamespaceCondition?%merge=type
NetworkPolicy kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.NetworkPolicySpec?
NetworkPolicyEgressRule ports:[.NetworkPolicyPort? to:[.NetworkPolicyPeer?
NetworkPolicyIngressRule ports:[.NetworkPolicyPort? from:[.NetworkPolicyPeer?
NetworkPolicyPeer podSelector:*.LabelSelector? namespaceSelector:*.LabelSelector? ipBlock:*.IPBlock?
NetworkPolicyPort protocol:*'Protocol? port:*I? endPort:*i?
NetworkPolicySpec podSelector:.LabelSelector ingress:[.NetworkPolicyIngressRule? egress:[.NetworkPolicyEgressRule? policyTypes:['PolicyType?
Node kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.NodeSpec? status:.NodeStatus?
NodeAddress type:'NodeAddressType address:s
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:*.NodeSelector? preferredDuringSchedulingIgnoredDuringExecution:[.PreferredSchedulingTerm?
NodeAllocatableMappedResources name:'ResourceName quantity:*Q
NodeAllocatableOverheadResources name:'ResourceName perPod:*Q? perContainer:*Q?
NodeAllocatableResourceClaimStatus resourceClaimName:s containers:[s? mapping:[.NodeAllocatableMappedResources?%merge=name overhead:[.NodeAllocatableOverheadResources?%merge=name
NodeCondition type:'NodeConditionType status:'ConditionStatus lastHeartbeatTime:T? lastTransitionTime:T? reason:s? message:s?
NodeConfigSource configMap:*.ConfigMapNodeConfigSource?
NodeConfigStatus assigned:*.NodeConfigSource? active:*.NodeConfigSource? lastKnownGood:*.NodeConfigSource? error:s?
NodeDaemonEndpoints kubeletEndpoint:.DaemonEndpoint?
NodeFeatures supplementalGroupsPolicy:*b?
NodePodPreemptionPolicy disableResizePreemption:[s?
NodeRuntimeHandler name:s features:*.NodeRuntimeHandlerFeatures?
NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:*b? userNamespaces:*b?
NodeSelector nodeSelectorTerms:[.NodeSelectorTerm
NodeSelectorRequirement key:s operator:'NodeSelectorOperator values:[s?
NodeSelectorTerm matchExpressions:[.NodeSelectorRequirement? matchFields:[.NodeSelectorRequirement?
NodeSpec podCIDR:s? podCIDRs:[s?%merge providerID:s? unschedulable:b? taints:[.Taint? configSource:*.NodeConfigSource? externalID:s? podPreemptionPolicy:*.NodePodPreemptionPolicy?
NodeStatus capacity:L? allocatable:L? phase:'NodePhase? conditions:[.NodeCondition?%merge=type addresses:[.NodeAddress?%merge=type daemonEndpoints:.NodeDaemonEndpoints? nodeInfo:.NodeSystemInfo? images:[.ContainerImage? volumesInUse:['UniqueVolumeName? volumesAttached:[.AttachedVolume? config:*.NodeConfigStatus? runtimeHandlers:[.NodeRuntimeHandler? features:*.NodeFeatures? declaredFeatures:[s?
NodeSwapStatus capacity:*l?
NodeSystemInfo machineID:s systemUUID:s bootID:s kernelVersion:s osImage:s containerRuntimeVersion:s kubeletVersion:s kubeProxyVersion:s operatingSystem:s architecture:s swap:*.NodeSwapStatus? runningInUserNamespace:*b?
ObjectFieldSelector apiVersion:s? fieldPath:s
ObjectMeta name:s? generateName:s? namespace:s? selfLink:s? uid:'types.UID? resourceVersion:s? generation:l? creationTimestamp:T? deletionTimestamp:*T? deletionGracePeriodSeconds:*l? labels:{s? annotations:{s? ownerReferences:[.OwnerReference?%merge=uid finalizers:[s?%merge managedFields:[.ManagedFieldsEntry?
ObjectReference kind:s? namespace:s? name:s? uid:'types.UID? apiVersion:s? resourceVersion:s? fieldPath:s?
OwnerReference apiVersion:s kind:s name:s uid:'types.UID controller:*b? blockOwnerDeletion:*b?
PersistentVolumeClaim kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.PersistentVolumeClaimSpec? status:.PersistentVolumeClaimStatus?
PersistentVolumeClaimCondition type:'PersistentVolumeClaimConditionType status:'ConditionStatus lastProbeTime:T? lastTransitionTime:T? reason:s? message:s?
PersistentVolumeClaimSpec accessModes:['PersistentVolumeAccessMode? selector:*.LabelSelector? resources:.VolumeResourceRequirements? volumeName:s? storageClassName:*s? volumeMode:*'PersistentVolumeMode? dataSource:*.TypedLocalObjectReference? dataSourceRef:*.TypedObjectReference? volumeAttributesClassName:*s?
PersistentVolumeClaimStatus phase:'PersistentVolumeClaimPhase? accessModes:['PersistentVolumeAccessMode? capacity:L? conditions:[.PersistentVolumeClaimCondition?%merge=type allocatedResources:L? allocatedResourceStatuses:{v1.ResourceName}'ClaimResourceStatus? currentVolumeAttributesClassName:*s? modifyVolumeStatus:*.ModifyVolumeStatus? healthStatus:*.VolumeHealthStatus?
PersistentVolumeClaimTemplate metadata:.ObjectMeta? spec:.PersistentVolumeClaimSpec
PersistentVolumeClaimVolumeSource claimName:s readOnly:b?
PhotonPersistentDiskVolumeSource pdID:s fsType:s?
Pod kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.PodSpec? status:.PodStatus?
PodAffinity requiredDuringSchedulingIgnoredDuringExecution:[.PodAffinityTerm? preferredDuringSchedulingIgnoredDuringExecution:[.WeightedPodAffinityTerm?
PodAffinityTerm labelSelector:*.LabelSelector? namespaces:[s? topologyKey:s namespaceSelector:*.LabelSelector? matchLabelKeys:[s? mismatchLabelKeys:[s?
PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution:[.PodAffinityTerm? preferredDuringSchedulingIgnoredDuringExecution:[.WeightedPodAffinityTerm?
PodCertificateProjection signerName:s? keyType:s? maxExpirationSeconds:*i? credentialBundlePath:s? keyPath:s? certificateChainPath:s? userAnnotations:{s? user:*l?
PodCondition type:'PodConditionType observedGeneration:l? status:'ConditionStatus lastProbeTime:T? lastTransitionTime:T? reason:s? message:s?
PodDNSConfig nameservers:[s? searches:[s? options:[.PodDNSConfigOption?
PodDNSConfigOption name:s? value:*s?
PodExtendedResourceClaimStatus requestMappings:[.ContainerExtendedResourceRequest resourceClaimName:s
PodFailurePolicy rules:[.PodFailurePolicyRule
PodFailurePolicyOnExitCodesRequirement containerName:*s? operator:'PodFailurePolicyOnExitCodesOperator values:[i
PodFailurePolicyOnPodConditionsPattern type:'PodConditionType status:'ConditionStatus
PodFailurePolicyRule action:'PodFailurePolicyAction onExitCodes:*.PodFailurePolicyOnExitCodesRequirement? onPodConditions:[.PodFailurePolicyOnPodConditionsPattern?
PodIP ip:s
PodOS name:'OSName
PodReadinessGate conditionType:'PodConditionType
PodResourceClaim name:s resourceClaimName:*s? resourceClaimTemplateName:*s?
PodResourceClaimStatus name:s resourceClaimName:*s?
PodSchedulingGate name:s
PodSchedulingGroup podGroupName:*s?
PodSecurityContext seLinuxOptions:*.SELinuxOptions? windowsOptions:*.WindowsSecurityContextOptions? runAsUser:*l? runAsGroup:*l? runAsNonRoot:*b? supplementalGroups:[l? supplementalGroupsPolicy:*'SupplementalGroupsPolicy? fsGroup:*l? sysctls:[.Sysctl? fsGroupChangePolicy:*'PodFSGroupChangePolicy? seccompProfile:*.SeccompProfile? appArmorProfile:*.AppArmorProfile? seLinuxChangePolicy:*'PodSELinuxChangePolicy?
PodSpec volumes:[.Volume?%merge,retainKeys=name initContainers:[.Container?%merge=name containers:[.Container%merge=name ephemeralContainers:[.EphemeralContainer?%merge=name restartPolicy:'RestartPolicy? terminationGracePeriodSeconds:*l? activeDeadlineSeconds:*l? dnsPolicy:'DNSPolicy? nodeSelector:{s? serviceAccountName:s? serviceAccount:s? automountServiceAccountToken:*b? nodeName:s? hostNetwork:b? hostPID:b? hostIPC:b? shareProcessNamespace:*b? securityContext:*.PodSecurityContext? imagePullSecrets:[.LocalObjectReference?%merge=name hostname:s? subdomain:s? affinity:*.Affinity? schedulerName:s? tolerations:[.Toleration? hostAliases:[.HostAlias?%merge=ip priorityClassName:s? priority:*i? dnsConfig:*.PodDNSConfig? readinessGates:[.PodReadinessGate? runtimeClassName:*s? enableServiceLinks:*b? preemptionPolicy:*'PreemptionPolicy? overhead:L? topologySpreadConstraints:[.TopologySpreadConstraint?%merge=topologyKey setHostnameAsFQDN:*b? os:*.PodOS? hostUsers:*b? schedulingGates:[.PodSchedulingGate?%merge=name resourceClaims:[.PodResourceClaim?%merge,retainKeys=name resources:*.ResourceRequirements? hostnameOverride:*s? schedulingGroup:*.PodSchedulingGroup? evictionResponders:[.EvictionResponder?%merge=name
PodStatus observedGeneration:l? phase:'PodPhase? conditions:[.PodCondition?%merge=type message:s? reason:s? nominatedNodeName:s? hostIP:s? hostIPs:[.HostIP?%merge=ip podIP:s? podIPs:[.PodIP?%merge=ip startTime:*T? initContainerStatuses:[.ContainerStatus? containerStatuses:[.ContainerStatus? qosClass:'PodQOSClass? ephemeralContainerStatuses:[.ContainerStatus? resize:'PodResizeStatus? resourceClaimStatuses:[.PodResourceClaimStatus?%merge,retainKeys=name extendedResourceClaimStatus:*.PodExtendedResourceClaimStatus? allocatedResources:L? resources:*.ResourceRequirements? nodeAllocatableResourceClaimStatuses:[.NodeAllocatableResourceClaimStatus?%merge=resourceClaimName volumeHealth:[.PodVolumeHealth?
PodTemplateSpec metadata:.ObjectMeta? spec:.PodSpec?
PodVolumeHealth name:s healthConditions:[.VolumeHealthCondition?%merge=status lastTransitionTime:T?
PortStatus port:i protocol:'Protocol error:*s?
PortworxVolumeSource volumeID:s fsType:s? readOnly:b?
PreferredSchedulingTerm weight:i preference:.NodeSelectorTerm
Probe exec:*.ExecAction?@ProbeHandler httpGet:*.HTTPGetAction?@ProbeHandler tcpSocket:*.TCPSocketAction?@ProbeHandler grpc:*.GRPCAction?@ProbeHandler initialDelaySeconds:i? timeoutSeconds:i? periodSeconds:i? successThreshold:i? failureThreshold:i? terminationGracePeriodSeconds:*l?
ProjectedVolumeSource sources:[.VolumeProjection defaultMode:*i? defaultUser:*l?
QuobyteVolumeSource registry:s volume:s readOnly:b? user:s? group:s? tenant:s?
RBDVolumeSource monitors:[s image:s fsType:s? pool:s? user:s? keyring:s? secretRef:*.LocalObjectReference? readOnly:b?
ReplicaSet kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.ReplicaSetSpec? status:.ReplicaSetStatus?
ReplicaSetCondition type:'ReplicaSetConditionType status:'ConditionStatus lastTransitionTime:T? reason:s? message:s?
ReplicaSetSpec replicas:*i? minReadySeconds:i? selector:*.LabelSelector template:.PodTemplateSpec?
ReplicaSetStatus replicas:i fullyLabeledReplicas:i? readyReplicas:i? availableReplicas:i? terminatingReplicas:*i? observedGeneration:l? conditions:[.ReplicaSetCondition?%merge=type
ResourceClaim name:s request:s?
ResourceFieldSelector containerName:s? resource:s divisor:Q?
ResourceHealth resourceID:'ResourceID health:'ResourceHealthStatus? message:*s?
ResourceRequirements limits:L? requests:L? claims:[.ResourceClaim?
ResourceStatus name:'ResourceName resources:[.ResourceHealth?
RollingUpdateDaemonSet maxUnavailable:*I? maxSurge:*I?
RollingUpdateDeployment maxUnavailable:*I? maxSurge:*I?
RollingUpdateStatefulSetStrategy partition:*i? maxUnavailable:*I?
SELinuxOptions user:s? role:s? type:s? level:s?
ScaleIOVolumeSource gateway:s system:s secretRef:*.LocalObjectReference sslEnabled:b? protectionDomain:s? storagePool:s? storageMode:s? volumeName:s? fsType:s? readOnly:b?
SeccompProfile type:'SeccompProfileType localhostProfile:*s?
Secret kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? immutable:*b? data:{y? stringData:{s? type:'SecretType?
SecretEnvSource name:s?@LocalObjectReference optional:*b?
SecretKeySelector name:s?@LocalObjectReference key:s optional:*b?
SecretProjection name:s?@LocalObjectReference items:[.KeyToPath? optional:*b?
SecretVolumeSource secretName:s? items:[.KeyToPath? defaultMode:*i? optional:*b? defaultUser:*l?
SecurityContext capabilities:*.Capabilities? privileged:*b? seLinuxOptions:*.SELinuxOptions? windowsOptions:*.WindowsSecurityContextOptions? runAsUser:*l? runAsGroup:*l? runAsNonRoot:*b? readOnlyRootFilesystem:*b? allowPrivilegeEscalation:*b? procMount:*'ProcMountType? seccompProfile:*.SeccompProfile? appArmorProfile:*.AppArmorProfile?
Service kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.ServiceSpec? status:.ServiceStatus?
ServiceAccount kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? secrets:[.ObjectReference?%merge=name imagePullSecrets:[.LocalObjectReference? automountServiceAccountToken:*b?
ServiceAccountTokenProjection audience:s? expirationSeconds:*l? path:s user:*l?
ServiceBackendPort name:s? number:i?
ServicePort name:s? protocol:'Protocol? appProtocol:*s? port:i targetPort:I? nodePort:i?
ServiceSpec ports:[.ServicePort?%merge=port selector:{s? clusterIP:s? clusterIPs:[s? type:'ServiceType? externalIPs:[s? sessionAffinity:'ServiceAffinity? loadBalancerIP:s? loadBalancerSourceRanges:[s? externalName:s? externalTrafficPolicy:'ServiceExternalTrafficPolicy? healthCheckNodePort:i? publishNotReadyAddresses:b? sessionAffinityConfig:*.SessionAffinityConfig? ipFamilies:['IPFamily? ipFamilyPolicy:*'IPFamilyPolicy? allocateLoadBalancerNodePorts:*b? loadBalancerClass:*s? internalTrafficPolicy:*'ServiceInternalTrafficPolicy? trafficDistribution:*s?
ServiceStatus loadBalancer:.LoadBalancerStatus? conditions:[.Condition?%merge=type
SessionAffinityConfig clientIP:*.ClientIPConfig?
SleepAction seconds:l
StatefulSet kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.StatefulSetSpec? status:.StatefulSetStatus?
StatefulSetCondition type:'StatefulSetConditionType status:'ConditionStatus lastTransitionTime:T? reason:s? message:s?
StatefulSetOrdinals start:i
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:'PersistentVolumeClaimRetentionPolicyType? whenScaled:'PersistentVolumeClaimRetentionPolicyType?
StatefulSetSpec replicas:*i? selector:*.LabelSelector template:.PodTemplateSpec volumeClaimTemplates:[.PersistentVolumeClaim? serviceName:s podManagementPolicy:'PodManagementPolicyType? updateStrategy:.StatefulSetUpdateStrategy? revisionHistoryLimit:*i? minReadySeconds:i? persistentVolumeClaimRetentionPolicy:*.StatefulSetPersistentVolumeClaimRetentionPolicy? ordinals:*.StatefulSetOrdinals?
StatefulSetStatus observedGeneration:l? replicas:i readyReplicas:i? currentReplicas:i? updatedReplicas:i? currentRevision:s? updateRevision:s? collisionCount:*i? conditions:[.StatefulSetCondition?%merge=type availableReplicas:i
StatefulSetUpdateStrategy type:'StatefulSetUpdateStrategyType? rollingUpdate:*.RollingUpdateStatefulSetStrategy?
StorageOSVolumeSource volumeName:s? volumeNamespace:s? fsType:s? readOnly:b? secretRef:*.LocalObjectReference?
SuccessPolicy rules:[.SuccessPolicyRule
SuccessPolicyRule succeededIndexes:*s? succeededCount:*i?
Sysctl name:s value:s
TCPSocketAction port:I host:s?
Taint key:s value:s? effect:'TaintEffect timeAdded:*T?
Toleration key:s? operator:'TolerationOperator? value:s? effect:'TaintEffect? tolerationSeconds:*l?
TopologySpreadConstraint maxSkew:i topologyKey:s whenUnsatisfiable:'UnsatisfiableConstraintAction labelSelector:*.LabelSelector? minDomains:*i? nodeAffinityPolicy:*'NodeInclusionPolicy? nodeTaintsPolicy:*'NodeInclusionPolicy? matchLabelKeys:[s?
TypedLocalObjectReference apiGroup:*s kind:s name:s
TypedObjectReference apiGroup:*s kind:s name:s namespace:*s?
UncountedTerminatedPods succeeded:['types.UID? failed:['types.UID?
Volume name:s hostPath:*.HostPathVolumeSource?@VolumeSource emptyDir:*.EmptyDirVolumeSource?@VolumeSource gcePersistentDisk:*.GCEPersistentDiskVolumeSource?@VolumeSource awsElasticBlockStore:*.AWSElasticBlockStoreVolumeSource?@VolumeSource gitRepo:*.GitRepoVolumeSource?@VolumeSource secret:*.SecretVolumeSource?@VolumeSource nfs:*.NFSVolumeSource?@VolumeSource iscsi:*.ISCSIVolumeSource?@VolumeSource glusterfs:*.GlusterfsVolumeSource?@VolumeSource persistentVolumeClaim:*.PersistentVolumeClaimVolumeSource?@VolumeSource rbd:*.RBDVolumeSource?@VolumeSource flexVolume:*.FlexVolumeSource?@VolumeSource cinder:*.CinderVolumeSource?@VolumeSource cephfs:*.CephFSVolumeSource?@VolumeSource flocker:*.FlockerVolumeSource?@VolumeSource downwardAPI:*.DownwardAPIVolumeSource?@VolumeSource fc:*.FCVolumeSource?@VolumeSource azureFile:*.AzureFileVolumeSource?@VolumeSource configMap:*.ConfigMapVolumeSource?@VolumeSource vsphereVolume:*.VsphereVirtualDiskVolumeSource?@VolumeSource quobyte:*.QuobyteVolumeSource?@VolumeSource azureDisk:*.AzureDiskVolumeSource?@VolumeSource photonPersistentDisk:*.PhotonPersistentDiskVolumeSource?@VolumeSource projected:*.ProjectedVolumeSource?@VolumeSource portworxVolume:*.PortworxVolumeSource?@VolumeSource scaleIO:*.ScaleIOVolumeSource?@VolumeSource storageos:*.StorageOSVolumeSource?@VolumeSource csi:*.CSIVolumeSource?@VolumeSource ephemeral:*.EphemeralVolumeSource?@VolumeSource image:*.ImageVolumeSource?@VolumeSource
VolumeDevice name:s devicePath:s
VolumeHealthCondition status:'VolumeHealthStatusType reason:s message:s?
VolumeHealthStatus healthConditions:[.VolumeHealthCondition?%merge=status lastTransitionTime:T?
VolumeMount name:s readOnly:b? recursiveReadOnly:*'RecursiveReadOnlyMode? mountPath:s subPath:s? mountPropagation:*'MountPropagationMode? subPathExpr:s? bindMountOptions:[s?
VolumeMountStatus name:s mountPath:s readOnly:b? recursiveReadOnly:*'RecursiveReadOnlyMode? volumeStatus:*.VolumeStatus?
VolumeProjection secret:*.SecretProjection? downwardAPI:*.DownwardAPIProjection? configMap:*.ConfigMapProjection? serviceAccountToken:*.ServiceAccountTokenProjection? clusterTrustBundle:*.ClusterTrustBundleProjection? podCertificate:*.PodCertificateProjection?
VolumeResourceRequirements limits:L? requests:L?
VolumeStatus image:*.ImageVolumeStatus?
VsphereVirtualDiskVolumeSource volumePath:s fsType:s? storagePolicyName:s? storagePolicyID:s?
WeightedPodAffinityTerm weight:i podAffinityTerm:.PodAffinityTerm
WindowsSecurityContextOptions gmsaCredentialSpecName:*s? gmsaCredentialSpec:*s? runAsUserName:*s? hostProcess:*b?
discovery/EndpointPort name:*s? protocol:*'Protocol? port:*i? appProtocol:*s?
v1alpha3.TopologyConstraint key:s
v1alpha3.WorkloadPodGroupAllDisruptionMode 
v1alpha3.WorkloadPodGroupBasicSchedulingPolicy 
v1alpha3.WorkloadPodGroupDisruptionMode single:*.v1alpha3.WorkloadPodGroupSingleDisruptionMode? all:*.v1alpha3.WorkloadPodGroupAllDisruptionMode?
v1alpha3.WorkloadPodGroupGangSchedulingPolicy minCount:*i?
v1alpha3.WorkloadPodGroupResourceClaim name:s resourceClaimName:*s? resourceClaimTemplateName:*s?
v1alpha3.WorkloadPodGroupSchedulingConstraints topology:[.v1alpha3.TopologyConstraint?
v1alpha3.WorkloadPodGroupSchedulingPolicy basic:*.v1alpha3.WorkloadPodGroupBasicSchedulingPolicy? gang:*.v1alpha3.WorkloadPodGroupGangSchedulingPolicy?
v1alpha3.WorkloadPodGroupSingleDisruptionMode`;
