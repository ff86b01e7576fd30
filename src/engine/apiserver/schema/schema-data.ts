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

AWSElasticBlockStoreVolumeSource c volumeID:s fsType:s? partition:i? readOnly:b?
Affinity c nodeAffinity:*.NodeAffinity? podAffinity:*.PodAffinity? podAntiAffinity:*.PodAntiAffinity?
AppArmorProfile c type:'AppArmorProfileType localhostProfile:*s?
AttachedVolume c name:'UniqueVolumeName devicePath:s
AzureDiskVolumeSource c diskName:s diskURI:s cachingMode:*'AzureDataDiskCachingMode? fsType:*s? readOnly:*b? kind:*'AzureDataDiskKind?
AzureFileVolumeSource c secretName:s shareName:s readOnly:b?
CSIVolumeSource c driver:s readOnly:*b? fsType:*s? volumeAttributes:{s? nodePublishSecretRef:*.LocalObjectReference?
Capabilities c add:['Capability? drop:['Capability?
CephFSVolumeSource c monitors:[s path:s? user:s? secretFile:s? secretRef:*.LocalObjectReference? readOnly:b?
CinderVolumeSource c volumeID:s fsType:s? readOnly:b? secretRef:*.LocalObjectReference?
ClientIPConfig c timeoutSeconds:*i?
ClusterTrustBundleProjection c name:*s? signerName:*s? labelSelector:*.LabelSelector? optional:*b? path:s user:*l?
Condition m type:s status:'ConditionStatus observedGeneration:l? lastTransitionTime:T reason:s message:s
ConfigMap c kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? immutable:*b? data:{s? binaryData:{y?
ConfigMapEnvSource c name:s?@LocalObjectReference optional:*b?
ConfigMapKeySelector c name:s?@LocalObjectReference key:s optional:*b?
ConfigMapNodeConfigSource c namespace:s name:s uid:'types.UID? resourceVersion:s? kubeletConfigKey:s
ConfigMapProjection c name:s?@LocalObjectReference items:[.KeyToPath? optional:*b?
ConfigMapVolumeSource c name:s?@LocalObjectReference items:[.KeyToPath? defaultMode:*i? optional:*b? defaultUser:*l?
Container c name:s image:s? command:[s? args:[s? workingDir:s? ports:[.ContainerPort?%merge=containerPort envFrom:[.EnvFromSource? env:[.EnvVar?%merge=name resources:.ResourceRequirements? resizePolicy:[.ContainerResizePolicy? restartPolicy:*'ContainerRestartPolicy? restartPolicyRules:[.ContainerRestartRule? volumeMounts:[.VolumeMount?%merge=mountPath volumeDevices:[.VolumeDevice?%merge=devicePath livenessProbe:*.Probe? readinessProbe:*.Probe? startupProbe:*.Probe? lifecycle:*.Lifecycle? terminationMessagePath:s? terminationMessagePolicy:'TerminationMessagePolicy? imagePullPolicy:'PullPolicy? securityContext:*.SecurityContext? stdin:b? stdinOnce:b? tty:b?
ContainerExtendedResourceRequest c containerName:s resourceName:s requestName:s
ContainerImage c names:[s sizeBytes:l?
ContainerPort c name:s? hostPort:i? containerPort:i protocol:'Protocol? hostIP:s?
ContainerResizePolicy c resourceName:'ResourceName restartPolicy:'ResourceResizeRestartPolicy
ContainerRestartRule c action:'ContainerRestartRuleAction? exitCodes:*.ContainerRestartRuleOnExitCodes?
ContainerRestartRuleOnExitCodes c operator:'ContainerRestartRuleOnExitCodesOperator? values:[i?
ContainerState c waiting:*.ContainerStateWaiting? running:*.ContainerStateRunning? terminated:*.ContainerStateTerminated?
ContainerStateRunning c startedAt:T?
ContainerStateTerminated c exitCode:i signal:i? reason:s? message:s? startedAt:T? finishedAt:T? containerID:s?
ContainerStateWaiting c reason:s? message:s?
ContainerStatus c name:s state:.ContainerState? lastState:.ContainerState? ready:b restartCount:i image:s imageID:s containerID:s? started:*b? allocatedResources:L? resources:*.ResourceRequirements? volumeMounts:[.VolumeMountStatus?%merge=mountPath user:*.ContainerUser? allocatedResourcesStatus:[.ResourceStatus?%merge=name stopSignal:*'Signal?
ContainerUser c linux:*.LinuxContainerUser?
CronJob b kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.CronJobSpec? status:.CronJobStatus?
CronJobSpec b schedule:s timeZone:*s? startingDeadlineSeconds:*l? concurrencyPolicy:'ConcurrencyPolicy? suspend:*b? jobTemplate:.JobTemplateSpec successfulJobsHistoryLimit:*i? failedJobsHistoryLimit:*i?
CronJobStatus b active:[.ObjectReference? lastScheduleTime:*T? lastSuccessfulTime:*T?
DaemonEndpoint c Port:i
DaemonSet a kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.DaemonSetSpec? status:.DaemonSetStatus?
DaemonSetCondition a type:'DaemonSetConditionType status:'ConditionStatus lastTransitionTime:T? reason:s? message:s?
DaemonSetSpec a selector:*.LabelSelector template:.PodTemplateSpec updateStrategy:.DaemonSetUpdateStrategy? minReadySeconds:i? revisionHistoryLimit:*i?
DaemonSetStatus a currentNumberScheduled:i numberMisscheduled:i desiredNumberScheduled:i numberReady:i observedGeneration:l? updatedNumberScheduled:i? numberAvailable:i? numberUnavailable:i? collisionCount:*i? conditions:[.DaemonSetCondition?%merge=type
DaemonSetUpdateStrategy a type:'DaemonSetUpdateStrategyType? rollingUpdate:*.RollingUpdateDaemonSet?
Deployment a kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.DeploymentSpec? status:.DeploymentStatus?
DeploymentCondition a type:'DeploymentConditionType status:'ConditionStatus lastUpdateTime:T? lastTransitionTime:T? reason:s? message:s?
DeploymentSpec a replicas:*i? selector:*.LabelSelector template:.PodTemplateSpec strategy:.DeploymentStrategy?%retainKeys minReadySeconds:i? revisionHistoryLimit:*i? paused:b? progressDeadlineSeconds:*i?
DeploymentStatus a observedGeneration:l? replicas:i? updatedReplicas:i? readyReplicas:i? availableReplicas:i? unavailableReplicas:i? terminatingReplicas:*i? conditions:[.DeploymentCondition?%merge=type collisionCount:*i?
DeploymentStrategy a type:'DeploymentStrategyType? rollingUpdate:*.RollingUpdateDeployment?
DownwardAPIProjection c items:[.DownwardAPIVolumeFile?
DownwardAPIVolumeFile c path:s fieldRef:*.ObjectFieldSelector? resourceFieldRef:*.ResourceFieldSelector? mode:*i? user:*l?
DownwardAPIVolumeSource c items:[.DownwardAPIVolumeFile? defaultMode:*i? defaultUser:*l?
EmptyDirVolumeSource c medium:'StorageMedium? sizeLimit:*Q? mode:*i?
Endpoint d addresses:[s conditions:.EndpointConditions? hostname:*s? targetRef:*.ObjectReference? deprecatedTopology:{s? nodeName:*s? zone:*s? hints:*.EndpointHints?
EndpointAddress c ip:s hostname:s? nodeName:*s? targetRef:*.ObjectReference?
EndpointConditions d ready:*b? serving:*b? terminating:*b?
EndpointHints d forZones:[.ForZone? forNodes:[.ForNode?
EndpointPort c name:s? port:i protocol:'Protocol? appProtocol:*s?
EndpointSlice d kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? addressType:'AddressType endpoints:[.Endpoint ports:[.discovery/EndpointPort
EndpointSubset c addresses:[.EndpointAddress? notReadyAddresses:[.EndpointAddress? ports:[.EndpointPort?
Endpoints c kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? subsets:[.EndpointSubset?
EnvFromSource c prefix:s? configMapRef:*.ConfigMapEnvSource? secretRef:*.SecretEnvSource?
EnvVar c name:s value:s? valueFrom:*.EnvVarSource?
EnvVarSource c fieldRef:*.ObjectFieldSelector? resourceFieldRef:*.ResourceFieldSelector? configMapKeyRef:*.ConfigMapKeySelector? secretKeyRef:*.SecretKeySelector? fileKeyRef:*.FileKeySelector?
EphemeralContainer c name:s@EphemeralContainerCommon image:s?@EphemeralContainerCommon command:[s?@EphemeralContainerCommon args:[s?@EphemeralContainerCommon workingDir:s?@EphemeralContainerCommon ports:[.ContainerPort?@EphemeralContainerCommon%merge=containerPort envFrom:[.EnvFromSource?@EphemeralContainerCommon env:[.EnvVar?@EphemeralContainerCommon%merge=name resources:.ResourceRequirements?@EphemeralContainerCommon resizePolicy:[.ContainerResizePolicy?@EphemeralContainerCommon restartPolicy:*'ContainerRestartPolicy?@EphemeralContainerCommon restartPolicyRules:[.ContainerRestartRule?@EphemeralContainerCommon volumeMounts:[.VolumeMount?@EphemeralContainerCommon%merge=mountPath volumeDevices:[.VolumeDevice?@EphemeralContainerCommon%merge=devicePath livenessProbe:*.Probe?@EphemeralContainerCommon readinessProbe:*.Probe?@EphemeralContainerCommon startupProbe:*.Probe?@EphemeralContainerCommon lifecycle:*.Lifecycle?@EphemeralContainerCommon terminationMessagePath:s?@EphemeralContainerCommon terminationMessagePolicy:'TerminationMessagePolicy?@EphemeralContainerCommon imagePullPolicy:'PullPolicy?@EphemeralContainerCommon securityContext:*.SecurityContext?@EphemeralContainerCommon stdin:b?@EphemeralContainerCommon stdinOnce:b?@EphemeralContainerCommon tty:b?@EphemeralContainerCommon targetContainerName:s?
EphemeralVolumeSource c volumeClaimTemplate:*.PersistentVolumeClaimTemplate?
EvictionResponder c name:s priority:*i
ExecAction c command:[s?
FCVolumeSource c targetWWNs:[s? lun:*i? fsType:s? readOnly:b? wwids:[s?
FileKeySelector c volumeName:s path:s key:s optional:*b?
FlexVolumeSource c driver:s fsType:s? secretRef:*.LocalObjectReference? readOnly:b? options:{s?
FlockerVolumeSource c datasetName:s? datasetUUID:s?
ForNode d name:s
ForZone d name:s
GCEPersistentDiskVolumeSource c pdName:s fsType:s? partition:i? readOnly:b?
GRPCAction c port:i service:*s mode:*'GRPCProbeMode?
GitRepoVolumeSource c repository:s revision:s? directory:s?
GlusterfsVolumeSource c endpoints:s path:s readOnly:b?
HTTPGetAction c path:s? port:I host:s? scheme:'URIScheme? httpHeaders:[.HTTPHeader? protocol:*'HTTPProtocol?
HTTPHeader c name:s value:s
HTTPIngressPath n path:s? pathType:*'PathType backend:.IngressBackend
HTTPIngressRuleValue n paths:[.HTTPIngressPath
HostAlias c ip:s hostnames:[s?
HostIP c ip:s
HostPathVolumeSource c path:s type:*'HostPathType?
IPBlock n cidr:s except:[s?
ISCSIVolumeSource c targetPortal:s iqn:s lun:i iscsiInterface:s? fsType:s? readOnly:b? portals:[s? chapAuthDiscovery:b? chapAuthSession:b? secretRef:*.LocalObjectReference? initiatorName:*s?
ImageVolumeSource c reference:s? pullPolicy:'PullPolicy?
ImageVolumeStatus c imageRef:s?
Ingress n kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.IngressSpec? status:.IngressStatus?
IngressBackend n service:*.IngressServiceBackend? resource:*.TypedLocalObjectReference?
IngressClass n kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.IngressClassSpec?
IngressClassParametersReference n apiGroup:*s? kind:s name:s scope:*s namespace:*s?
IngressClassSpec n controller:s? parameters:*.IngressClassParametersReference?
IngressLoadBalancerIngress n ip:s? hostname:s? ports:[.IngressPortStatus?
IngressLoadBalancerStatus n ingress:[.IngressLoadBalancerIngress?
IngressPortStatus n port:i protocol:'Protocol error:*s?
IngressRule n host:s? http:*.HTTPIngressRuleValue?@IngressRuleValue
IngressServiceBackend n name:s port:.ServiceBackendPort?
IngressSpec n ingressClassName:*s? defaultBackend:*.IngressBackend? tls:[.IngressTLS? rules:[.IngressRule?
IngressStatus n loadBalancer:.IngressLoadBalancerStatus?
IngressTLS n hosts:[s? secretName:s?
Job b kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.JobSpec? status:.JobStatus?
JobCondition b type:'JobConditionType status:'ConditionStatus lastProbeTime:T? lastTransitionTime:T? reason:s? message:s?
JobSchedulingConfiguration b schedulingPolicy:*.v1alpha3.WorkloadPodGroupSchedulingPolicy? schedulingConstraints:*.v1alpha3.WorkloadPodGroupSchedulingConstraints? disruptionMode:*.v1alpha3.WorkloadPodGroupDisruptionMode? resourceClaims:[.v1alpha3.WorkloadPodGroupResourceClaim?%merge=name
JobSpec b parallelism:*i? completions:*i? activeDeadlineSeconds:*l? podFailurePolicy:*.PodFailurePolicy? successPolicy:*.SuccessPolicy? backoffLimit:*i? backoffLimitPerIndex:*i? maxFailedIndexes:*i? selector:*.LabelSelector? manualSelector:*b? template:.PodTemplateSpec ttlSecondsAfterFinished:*i? completionMode:*'CompletionMode? suspend:*b? podReplacementPolicy:*'PodReplacementPolicy? managedBy:*s? scheduling:*.JobSchedulingConfiguration?
JobStatus b conditions:[.JobCondition?%merge=type startTime:*T? completionTime:*T? active:i? succeeded:i? failed:i? terminating:*i? completedIndexes:s? failedIndexes:*s? uncountedTerminatedPods:*.UncountedTerminatedPods? ready:*i?
JobTemplateSpec b metadata:.ObjectMeta? spec:.JobSpec?
KeyToPath c key:s path:s mode:*i? user:*l?
LabelSelector m matchLabels:{s? matchExpressions:[.LabelSelectorRequirement?
LabelSelectorRequirement m key:s operator:'LabelSelectorOperator values:[s?
Lifecycle c postStart:*.LifecycleHandler? preStop:*.LifecycleHandler? stopSignal:*'Signal?
LifecycleHandler c exec:*.ExecAction? httpGet:*.HTTPGetAction? tcpSocket:*.TCPSocketAction? sleep:*.SleepAction?
LinuxContainerUser c uid:l gid:l supplementalGroups:[l?
LoadBalancerIngress c ip:s? hostname:s? ipMode:*'LoadBalancerIPMode? ports:[.PortStatus?
LoadBalancerStatus c ingress:[.LoadBalancerIngress?
LocalObjectReference c name:s?
ManagedFieldsEntry m manager:s? operation:'ManagedFieldsOperationType? apiVersion:s? time:*T? fieldsType:s? fieldsV1:*R? subresource:s?
ModifyVolumeStatus c targetVolumeAttributesClassName:s? status:'PersistentVolumeClaimModifyVolumeStatus
NFSVolumeSource c server:s path:s readOnly:b?
Namespace c kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.NamespaceSpec? status:.NamespaceStatus?
NamespaceCondition c type:'NamespaceConditionType status:'ConditionStatus lastTransitionTime:T? reason:s? message:s?
NamespaceSpec c finalizers:['FinalizerName?
NamespaceStatus c phase:'NamespacePhase? conditions:[.NamespaceCondition?%merge=type
NetworkPolicy n kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.NetworkPolicySpec?
NetworkPolicyEgressRule n ports:[.NetworkPolicyPort? to:[.NetworkPolicyPeer?
NetworkPolicyIngressRule n ports:[.NetworkPolicyPort? from:[.NetworkPolicyPeer?
NetworkPolicyPeer n podSelector:*.LabelSelector? namespaceSelector:*.LabelSelector? ipBlock:*.IPBlock?
NetworkPolicyPort n protocol:*'Protocol? port:*I? endPort:*i?
NetworkPolicySpec n podSelector:.LabelSelector ingress:[.NetworkPolicyIngressRule? egress:[.NetworkPolicyEgressRule? policyTypes:['PolicyType?
Node c kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.NodeSpec? status:.NodeStatus?
NodeAddress c type:'NodeAddressType address:s
NodeAffinity c requiredDuringSchedulingIgnoredDuringExecution:*.NodeSelector? preferredDuringSchedulingIgnoredDuringExecution:[.PreferredSchedulingTerm?
NodeAllocatableMappedResources c name:'ResourceName quantity:*Q
NodeAllocatableOverheadResources c name:'ResourceName perPod:*Q? perContainer:*Q?
NodeAllocatableResourceClaimStatus c resourceClaimName:s containers:[s? mapping:[.NodeAllocatableMappedResources?%merge=name overhead:[.NodeAllocatableOverheadResources?%merge=name
NodeCondition c type:'NodeConditionType status:'ConditionStatus lastHeartbeatTime:T? lastTransitionTime:T? reason:s? message:s?
NodeConfigSource c configMap:*.ConfigMapNodeConfigSource?
NodeConfigStatus c assigned:*.NodeConfigSource? active:*.NodeConfigSource? lastKnownGood:*.NodeConfigSource? error:s?
NodeDaemonEndpoints c kubeletEndpoint:.DaemonEndpoint?
NodeFeatures c supplementalGroupsPolicy:*b?
NodePodPreemptionPolicy c disableResizePreemption:[s?
NodeRuntimeHandler c name:s features:*.NodeRuntimeHandlerFeatures?
NodeRuntimeHandlerFeatures c recursiveReadOnlyMounts:*b? userNamespaces:*b?
NodeSelector c nodeSelectorTerms:[.NodeSelectorTerm
NodeSelectorRequirement c key:s operator:'NodeSelectorOperator values:[s?
NodeSelectorTerm c matchExpressions:[.NodeSelectorRequirement? matchFields:[.NodeSelectorRequirement?
NodeSpec c podCIDR:s? podCIDRs:[s?%merge providerID:s? unschedulable:b? taints:[.Taint? configSource:*.NodeConfigSource? externalID:s? podPreemptionPolicy:*.NodePodPreemptionPolicy?
NodeStatus c capacity:L? allocatable:L? phase:'NodePhase? conditions:[.NodeCondition?%merge=type addresses:[.NodeAddress?%merge=type daemonEndpoints:.NodeDaemonEndpoints? nodeInfo:.NodeSystemInfo? images:[.ContainerImage? volumesInUse:['UniqueVolumeName? volumesAttached:[.AttachedVolume? config:*.NodeConfigStatus? runtimeHandlers:[.NodeRuntimeHandler? features:*.NodeFeatures? declaredFeatures:[s?
NodeSwapStatus c capacity:*l?
NodeSystemInfo c machineID:s systemUUID:s bootID:s kernelVersion:s osImage:s containerRuntimeVersion:s kubeletVersion:s kubeProxyVersion:s operatingSystem:s architecture:s swap:*.NodeSwapStatus? runningInUserNamespace:*b?
ObjectFieldSelector c apiVersion:s? fieldPath:s
ObjectMeta m name:s? generateName:s? namespace:s? selfLink:s? uid:'types.UID? resourceVersion:s? generation:l? creationTimestamp:T? deletionTimestamp:*T? deletionGracePeriodSeconds:*l? labels:{s? annotations:{s? ownerReferences:[.OwnerReference?%merge=uid finalizers:[s?%merge managedFields:[.ManagedFieldsEntry?
ObjectReference c kind:s? namespace:s? name:s? uid:'types.UID? apiVersion:s? resourceVersion:s? fieldPath:s?
OwnerReference m apiVersion:s kind:s name:s uid:'types.UID controller:*b? blockOwnerDeletion:*b?
PersistentVolumeClaim c kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.PersistentVolumeClaimSpec? status:.PersistentVolumeClaimStatus?
PersistentVolumeClaimCondition c type:'PersistentVolumeClaimConditionType status:'ConditionStatus lastProbeTime:T? lastTransitionTime:T? reason:s? message:s?
PersistentVolumeClaimSpec c accessModes:['PersistentVolumeAccessMode? selector:*.LabelSelector? resources:.VolumeResourceRequirements? volumeName:s? storageClassName:*s? volumeMode:*'PersistentVolumeMode? dataSource:*.TypedLocalObjectReference? dataSourceRef:*.TypedObjectReference? volumeAttributesClassName:*s?
PersistentVolumeClaimStatus c phase:'PersistentVolumeClaimPhase? accessModes:['PersistentVolumeAccessMode? capacity:L? conditions:[.PersistentVolumeClaimCondition?%merge=type allocatedResources:L? allocatedResourceStatuses:{v1.ResourceName}'ClaimResourceStatus? currentVolumeAttributesClassName:*s? modifyVolumeStatus:*.ModifyVolumeStatus? healthStatus:*.VolumeHealthStatus?
PersistentVolumeClaimTemplate c metadata:.ObjectMeta? spec:.PersistentVolumeClaimSpec
PersistentVolumeClaimVolumeSource c claimName:s readOnly:b?
PhotonPersistentDiskVolumeSource c pdID:s fsType:s?
Pod c kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.PodSpec? status:.PodStatus?
PodAffinity c requiredDuringSchedulingIgnoredDuringExecution:[.PodAffinityTerm? preferredDuringSchedulingIgnoredDuringExecution:[.WeightedPodAffinityTerm?
PodAffinityTerm c labelSelector:*.LabelSelector? namespaces:[s? topologyKey:s namespaceSelector:*.LabelSelector? matchLabelKeys:[s? mismatchLabelKeys:[s?
PodAntiAffinity c requiredDuringSchedulingIgnoredDuringExecution:[.PodAffinityTerm? preferredDuringSchedulingIgnoredDuringExecution:[.WeightedPodAffinityTerm?
PodCertificateProjection c signerName:s? keyType:s? maxExpirationSeconds:*i? credentialBundlePath:s? keyPath:s? certificateChainPath:s? userAnnotations:{s? user:*l?
PodCondition c type:'PodConditionType observedGeneration:l? status:'ConditionStatus lastProbeTime:T? lastTransitionTime:T? reason:s? message:s?
PodDNSConfig c nameservers:[s? searches:[s? options:[.PodDNSConfigOption?
PodDNSConfigOption c name:s? value:*s?
PodExtendedResourceClaimStatus c requestMappings:[.ContainerExtendedResourceRequest resourceClaimName:s
PodFailurePolicy b rules:[.PodFailurePolicyRule
PodFailurePolicyOnExitCodesRequirement b containerName:*s? operator:'PodFailurePolicyOnExitCodesOperator values:[i
PodFailurePolicyOnPodConditionsPattern b type:'PodConditionType status:'ConditionStatus
PodFailurePolicyRule b action:'PodFailurePolicyAction onExitCodes:*.PodFailurePolicyOnExitCodesRequirement? onPodConditions:[.PodFailurePolicyOnPodConditionsPattern?
PodIP c ip:s
PodOS c name:'OSName
PodReadinessGate c conditionType:'PodConditionType
PodResourceClaim c name:s resourceClaimName:*s? resourceClaimTemplateName:*s?
PodResourceClaimStatus c name:s resourceClaimName:*s?
PodSchedulingGate c name:s
PodSchedulingGroup c podGroupName:*s?
PodSecurityContext c seLinuxOptions:*.SELinuxOptions? windowsOptions:*.WindowsSecurityContextOptions? runAsUser:*l? runAsGroup:*l? runAsNonRoot:*b? supplementalGroups:[l? supplementalGroupsPolicy:*'SupplementalGroupsPolicy? fsGroup:*l? sysctls:[.Sysctl? fsGroupChangePolicy:*'PodFSGroupChangePolicy? seccompProfile:*.SeccompProfile? appArmorProfile:*.AppArmorProfile? seLinuxChangePolicy:*'PodSELinuxChangePolicy?
PodSpec c volumes:[.Volume?%merge,retainKeys=name initContainers:[.Container?%merge=name containers:[.Container%merge=name ephemeralContainers:[.EphemeralContainer?%merge=name restartPolicy:'RestartPolicy? terminationGracePeriodSeconds:*l? activeDeadlineSeconds:*l? dnsPolicy:'DNSPolicy? nodeSelector:{s? serviceAccountName:s? serviceAccount:s? automountServiceAccountToken:*b? nodeName:s? hostNetwork:b? hostPID:b? hostIPC:b? shareProcessNamespace:*b? securityContext:*.PodSecurityContext? imagePullSecrets:[.LocalObjectReference?%merge=name hostname:s? subdomain:s? affinity:*.Affinity? schedulerName:s? tolerations:[.Toleration? hostAliases:[.HostAlias?%merge=ip priorityClassName:s? priority:*i? dnsConfig:*.PodDNSConfig? readinessGates:[.PodReadinessGate? runtimeClassName:*s? enableServiceLinks:*b? preemptionPolicy:*'PreemptionPolicy? overhead:L? topologySpreadConstraints:[.TopologySpreadConstraint?%merge=topologyKey setHostnameAsFQDN:*b? os:*.PodOS? hostUsers:*b? schedulingGates:[.PodSchedulingGate?%merge=name resourceClaims:[.PodResourceClaim?%merge,retainKeys=name resources:*.ResourceRequirements? hostnameOverride:*s? schedulingGroup:*.PodSchedulingGroup? evictionResponders:[.EvictionResponder?%merge=name
PodStatus c observedGeneration:l? phase:'PodPhase? conditions:[.PodCondition?%merge=type message:s? reason:s? nominatedNodeName:s? hostIP:s? hostIPs:[.HostIP?%merge=ip podIP:s? podIPs:[.PodIP?%merge=ip startTime:*T? initContainerStatuses:[.ContainerStatus? containerStatuses:[.ContainerStatus? qosClass:'PodQOSClass? ephemeralContainerStatuses:[.ContainerStatus? resize:'PodResizeStatus? resourceClaimStatuses:[.PodResourceClaimStatus?%merge,retainKeys=name extendedResourceClaimStatus:*.PodExtendedResourceClaimStatus? allocatedResources:L? resources:*.ResourceRequirements? nodeAllocatableResourceClaimStatuses:[.NodeAllocatableResourceClaimStatus?%merge=resourceClaimName volumeHealth:[.PodVolumeHealth?
PodTemplateSpec c metadata:.ObjectMeta? spec:.PodSpec?
PodVolumeHealth c name:s healthConditions:[.VolumeHealthCondition?%merge=status lastTransitionTime:T?
PortStatus c port:i protocol:'Protocol error:*s?
PortworxVolumeSource c volumeID:s fsType:s? readOnly:b?
PreferredSchedulingTerm c weight:i preference:.NodeSelectorTerm
Probe c exec:*.ExecAction?@ProbeHandler httpGet:*.HTTPGetAction?@ProbeHandler tcpSocket:*.TCPSocketAction?@ProbeHandler grpc:*.GRPCAction?@ProbeHandler initialDelaySeconds:i? timeoutSeconds:i? periodSeconds:i? successThreshold:i? failureThreshold:i? terminationGracePeriodSeconds:*l?
ProjectedVolumeSource c sources:[.VolumeProjection defaultMode:*i? defaultUser:*l?
QuobyteVolumeSource c registry:s volume:s readOnly:b? user:s? group:s? tenant:s?
RBDVolumeSource c monitors:[s image:s fsType:s? pool:s? user:s? keyring:s? secretRef:*.LocalObjectReference? readOnly:b?
ReplicaSet a kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.ReplicaSetSpec? status:.ReplicaSetStatus?
ReplicaSetCondition a type:'ReplicaSetConditionType status:'ConditionStatus lastTransitionTime:T? reason:s? message:s?
ReplicaSetSpec a replicas:*i? minReadySeconds:i? selector:*.LabelSelector template:.PodTemplateSpec?
ReplicaSetStatus a replicas:i fullyLabeledReplicas:i? readyReplicas:i? availableReplicas:i? terminatingReplicas:*i? observedGeneration:l? conditions:[.ReplicaSetCondition?%merge=type
ResourceClaim c name:s request:s?
ResourceFieldSelector c containerName:s? resource:s divisor:Q?
ResourceHealth c resourceID:'ResourceID health:'ResourceHealthStatus? message:*s?
ResourceRequirements c limits:L? requests:L? claims:[.ResourceClaim?
ResourceStatus c name:'ResourceName resources:[.ResourceHealth?
RollingUpdateDaemonSet a maxUnavailable:*I? maxSurge:*I?
RollingUpdateDeployment a maxUnavailable:*I? maxSurge:*I?
RollingUpdateStatefulSetStrategy a partition:*i? maxUnavailable:*I?
SELinuxOptions c user:s? role:s? type:s? level:s?
ScaleIOVolumeSource c gateway:s system:s secretRef:*.LocalObjectReference sslEnabled:b? protectionDomain:s? storagePool:s? storageMode:s? volumeName:s? fsType:s? readOnly:b?
SeccompProfile c type:'SeccompProfileType localhostProfile:*s?
Secret c kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? immutable:*b? data:{y? stringData:{s? type:'SecretType?
SecretEnvSource c name:s?@LocalObjectReference optional:*b?
SecretKeySelector c name:s?@LocalObjectReference key:s optional:*b?
SecretProjection c name:s?@LocalObjectReference items:[.KeyToPath? optional:*b?
SecretVolumeSource c secretName:s? items:[.KeyToPath? defaultMode:*i? optional:*b? defaultUser:*l?
SecurityContext c capabilities:*.Capabilities? privileged:*b? seLinuxOptions:*.SELinuxOptions? windowsOptions:*.WindowsSecurityContextOptions? runAsUser:*l? runAsGroup:*l? runAsNonRoot:*b? readOnlyRootFilesystem:*b? allowPrivilegeEscalation:*b? procMount:*'ProcMountType? seccompProfile:*.SeccompProfile? appArmorProfile:*.AppArmorProfile?
Service c kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.ServiceSpec? status:.ServiceStatus?
ServiceAccount c kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? secrets:[.ObjectReference?%merge=name imagePullSecrets:[.LocalObjectReference? automountServiceAccountToken:*b?
ServiceAccountTokenProjection c audience:s? expirationSeconds:*l? path:s user:*l?
ServiceBackendPort n name:s? number:i?
ServicePort c name:s? protocol:'Protocol? appProtocol:*s? port:i targetPort:I? nodePort:i?
ServiceSpec c ports:[.ServicePort?%merge=port selector:{s? clusterIP:s? clusterIPs:[s? type:'ServiceType? externalIPs:[s? sessionAffinity:'ServiceAffinity? loadBalancerIP:s? loadBalancerSourceRanges:[s? externalName:s? externalTrafficPolicy:'ServiceExternalTrafficPolicy? healthCheckNodePort:i? publishNotReadyAddresses:b? sessionAffinityConfig:*.SessionAffinityConfig? ipFamilies:['IPFamily? ipFamilyPolicy:*'IPFamilyPolicy? allocateLoadBalancerNodePorts:*b? loadBalancerClass:*s? internalTrafficPolicy:*'ServiceInternalTrafficPolicy? trafficDistribution:*s?
ServiceStatus c loadBalancer:.LoadBalancerStatus? conditions:[.Condition?%merge=type
SessionAffinityConfig c clientIP:*.ClientIPConfig?
SleepAction c seconds:l
StatefulSet a kind:s?@TypeMeta apiVersion:s?@TypeMeta metadata:.ObjectMeta? spec:.StatefulSetSpec? status:.StatefulSetStatus?
StatefulSetCondition a type:'StatefulSetConditionType status:'ConditionStatus lastTransitionTime:T? reason:s? message:s?
StatefulSetOrdinals a start:i
StatefulSetPersistentVolumeClaimRetentionPolicy a whenDeleted:'PersistentVolumeClaimRetentionPolicyType? whenScaled:'PersistentVolumeClaimRetentionPolicyType?
StatefulSetSpec a replicas:*i? selector:*.LabelSelector template:.PodTemplateSpec volumeClaimTemplates:[.PersistentVolumeClaim? serviceName:s podManagementPolicy:'PodManagementPolicyType? updateStrategy:.StatefulSetUpdateStrategy? revisionHistoryLimit:*i? minReadySeconds:i? persistentVolumeClaimRetentionPolicy:*.StatefulSetPersistentVolumeClaimRetentionPolicy? ordinals:*.StatefulSetOrdinals?
StatefulSetStatus a observedGeneration:l? replicas:i readyReplicas:i? currentReplicas:i? updatedReplicas:i? currentRevision:s? updateRevision:s? collisionCount:*i? conditions:[.StatefulSetCondition?%merge=type availableReplicas:i
StatefulSetUpdateStrategy a type:'StatefulSetUpdateStrategyType? rollingUpdate:*.RollingUpdateStatefulSetStrategy?
StorageOSVolumeSource c volumeName:s? volumeNamespace:s? fsType:s? readOnly:b? secretRef:*.LocalObjectReference?
SuccessPolicy b rules:[.SuccessPolicyRule
SuccessPolicyRule b succeededIndexes:*s? succeededCount:*i?
Sysctl c name:s value:s
TCPSocketAction c port:I host:s?
Taint c key:s value:s? effect:'TaintEffect timeAdded:*T?
Toleration c key:s? operator:'TolerationOperator? value:s? effect:'TaintEffect? tolerationSeconds:*l?
TopologySpreadConstraint c maxSkew:i topologyKey:s whenUnsatisfiable:'UnsatisfiableConstraintAction labelSelector:*.LabelSelector? minDomains:*i? nodeAffinityPolicy:*'NodeInclusionPolicy? nodeTaintsPolicy:*'NodeInclusionPolicy? matchLabelKeys:[s?
TypedLocalObjectReference c apiGroup:*s kind:s name:s
TypedObjectReference c apiGroup:*s kind:s name:s namespace:*s?
UncountedTerminatedPods b succeeded:['types.UID? failed:['types.UID?
Volume c name:s hostPath:*.HostPathVolumeSource?@VolumeSource emptyDir:*.EmptyDirVolumeSource?@VolumeSource gcePersistentDisk:*.GCEPersistentDiskVolumeSource?@VolumeSource awsElasticBlockStore:*.AWSElasticBlockStoreVolumeSource?@VolumeSource gitRepo:*.GitRepoVolumeSource?@VolumeSource secret:*.SecretVolumeSource?@VolumeSource nfs:*.NFSVolumeSource?@VolumeSource iscsi:*.ISCSIVolumeSource?@VolumeSource glusterfs:*.GlusterfsVolumeSource?@VolumeSource persistentVolumeClaim:*.PersistentVolumeClaimVolumeSource?@VolumeSource rbd:*.RBDVolumeSource?@VolumeSource flexVolume:*.FlexVolumeSource?@VolumeSource cinder:*.CinderVolumeSource?@VolumeSource cephfs:*.CephFSVolumeSource?@VolumeSource flocker:*.FlockerVolumeSource?@VolumeSource downwardAPI:*.DownwardAPIVolumeSource?@VolumeSource fc:*.FCVolumeSource?@VolumeSource azureFile:*.AzureFileVolumeSource?@VolumeSource configMap:*.ConfigMapVolumeSource?@VolumeSource vsphereVolume:*.VsphereVirtualDiskVolumeSource?@VolumeSource quobyte:*.QuobyteVolumeSource?@VolumeSource azureDisk:*.AzureDiskVolumeSource?@VolumeSource photonPersistentDisk:*.PhotonPersistentDiskVolumeSource?@VolumeSource projected:*.ProjectedVolumeSource?@VolumeSource portworxVolume:*.PortworxVolumeSource?@VolumeSource scaleIO:*.ScaleIOVolumeSource?@VolumeSource storageos:*.StorageOSVolumeSource?@VolumeSource csi:*.CSIVolumeSource?@VolumeSource ephemeral:*.EphemeralVolumeSource?@VolumeSource image:*.ImageVolumeSource?@VolumeSource
VolumeDevice c name:s devicePath:s
VolumeHealthCondition c status:'VolumeHealthStatusType reason:s message:s?
VolumeHealthStatus c healthConditions:[.VolumeHealthCondition?%merge=status lastTransitionTime:T?
VolumeMount c name:s readOnly:b? recursiveReadOnly:*'RecursiveReadOnlyMode? mountPath:s subPath:s? mountPropagation:*'MountPropagationMode? subPathExpr:s? bindMountOptions:[s?
VolumeMountStatus c name:s mountPath:s readOnly:b? recursiveReadOnly:*'RecursiveReadOnlyMode? volumeStatus:*.VolumeStatus?
VolumeProjection c secret:*.SecretProjection? downwardAPI:*.DownwardAPIProjection? configMap:*.ConfigMapProjection? serviceAccountToken:*.ServiceAccountTokenProjection? clusterTrustBundle:*.ClusterTrustBundleProjection? podCertificate:*.PodCertificateProjection?
VolumeResourceRequirements c limits:L? requests:L?
VolumeStatus c image:*.ImageVolumeStatus?
VsphereVirtualDiskVolumeSource c volumePath:s fsType:s? storagePolicyName:s? storagePolicyID:s?
WeightedPodAffinityTerm c weight:i podAffinityTerm:.PodAffinityTerm
WindowsSecurityContextOptions c gmsaCredentialSpecName:*s? gmsaCredentialSpec:*s? runAsUserName:*s? hostProcess:*b?
discovery/EndpointPort d name:*s? protocol:*'Protocol? port:*i? appProtocol:*s?
v1alpha3.TopologyConstraint s key:s
v1alpha3.WorkloadPodGroupAllDisruptionMode s
v1alpha3.WorkloadPodGroupBasicSchedulingPolicy s
v1alpha3.WorkloadPodGroupDisruptionMode s single:*.v1alpha3.WorkloadPodGroupSingleDisruptionMode? all:*.v1alpha3.WorkloadPodGroupAllDisruptionMode?
v1alpha3.WorkloadPodGroupGangSchedulingPolicy s minCount:*i?
v1alpha3.WorkloadPodGroupResourceClaim s name:s resourceClaimName:*s? resourceClaimTemplateName:*s?
v1alpha3.WorkloadPodGroupSchedulingConstraints s topology:[.v1alpha3.TopologyConstraint?
v1alpha3.WorkloadPodGroupSchedulingPolicy s basic:*.v1alpha3.WorkloadPodGroupBasicSchedulingPolicy? gang:*.v1alpha3.WorkloadPodGroupGangSchedulingPolicy?
v1alpha3.WorkloadPodGroupSingleDisruptionMode s`;
