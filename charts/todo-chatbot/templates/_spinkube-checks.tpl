{{/* Values that mode spinkube cannot carry are refused by name where they differ from the chart's own, rather than do nothing. */}}
{{- define "todo.spinkubeChecks" -}}
{{- $values := .Values -}}
{{- if ne (int $values.service.port) 80 -}}
{{- fail "service.port: SpinKube's operator makes the Service, at port 80" -}}
{{- end -}}
{{- if and $values.spinkube.harden (semverCompare "<1.36.0-0" .Capabilities.KubeVersion.Version) -}}
{{- fail (printf "spinkube.harden: it needs Kubernetes 1.36 (MutatingAdmissionPolicy), and this cluster has %s. Upgrade the cluster, or take mode runtime-image, which needs nothing" .Capabilities.KubeVersion.Version) -}}
{{- end -}}
{{- $never := list
  (list "runtime.port" $values.runtime.port 8080)
  (list "runtime.args" $values.runtime.args list)
  (list "revisionHistoryLimit" $values.revisionHistoryLimit 10)
  (list "minReadySeconds" $values.minReadySeconds 5)
  (list "progressDeadlineSeconds" $values.progressDeadlineSeconds 300)
  (list "rollout.maxUnavailable" $values.rollout.maxUnavailable "25%")
  (list "rollout.maxSurge" $values.rollout.maxSurge "25%")
  (list "priorityClassName" $values.priorityClassName "")
-}}
{{- range $never -}}
{{- if ne (toJson (index . 1)) (toJson (index . 2)) -}}
{{- fail (printf "%s: SpinKube's operator makes the pods, and a SpinApp has no field for it. Leave it at %s in mode spinkube%s" (index . 0) (toJson (index . 2)) (ternary "; what a release may take is spinkube.rolloutSeconds there" "" (eq (index . 0) "progressDeadlineSeconds"))) -}}
{{- end -}}
{{- end -}}
{{- if not $values.spinkube.harden -}}
{{- $carried := list
  (list "runtime.metricsPort" $values.runtime.metricsPort 9464)
  (list "runtime.logFormat" $values.runtime.logFormat "json")
  (list "runtime.logFilter" $values.runtime.logFilter "info")
  (list "runtime.user" $values.runtime.user 65532)
  (list "preStopSeconds" $values.preStopSeconds 5)
  (list "drainSeconds" $values.drainSeconds 5)
  (list "graceSeconds" $values.graceSeconds 30)
  (list "topologySpread.enabled" $values.topologySpread.enabled true)
  (list "topologySpread.whenUnsatisfiable" $values.topologySpread.whenUnsatisfiable "ScheduleAnyway")
  (list "topologySpread.zonesWhenUnsatisfiable" $values.topologySpread.zonesWhenUnsatisfiable "ScheduleAnyway")
  (list "nodeSelector" $values.nodeSelector dict)
  (list "tolerations" $values.tolerations list)
  (list "extraEnv" $values.extraEnv dict)
  (list "otel.serviceName" $values.otel.serviceName "todo-assistant")
  (list "otel.sampler" $values.otel.sampler "parentbased_traceidratio")
  (list "otel.samplerArg" $values.otel.samplerArg "0.1")
  (list "podMonitor.enabled" $values.podMonitor.enabled false)
-}}
{{- if include "todo.runtimePulls" . -}}
{{- $carried = concat $carried (list
  (list "artifact.verifyKey" $values.artifact.verifyKey "")
  (list "artifact.insecure" $values.artifact.insecure false)
  (list "artifact.pullSecret" $values.artifact.pullSecret "")
  (list "artifact.caConfigMap" $values.artifact.caConfigMap "")
) -}}
{{- end -}}
{{- range $carried -}}
{{- if ne (toJson (index . 1)) (toJson (index . 2)) -}}
{{- fail (printf "%s: in mode spinkube it reaches the pods by spinkube.harden alone, so without that it would do nothing. Set spinkube.harden (Kubernetes 1.36), or leave it at %s" (index . 0) (toJson (index . 2))) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
