{{/* Whether something else decides how many pods there are. */}}
{{- define "todo.autoscaled" -}}
{{- if and (not (include "todo.stopped" .)) (or .Values.autoscaling.hpa.enabled .Values.autoscaling.keda.enabled) -}}true{{- end -}}
{{- end -}}

{{/* Up at once and by as much as needed; down slowly, so that a dip takes nothing away. */}}
{{- define "todo.scalingBehavior" -}}
scaleUp:
  stabilizationWindowSeconds: 0
  policies:
    - type: Percent
      value: 100
      periodSeconds: 15
    - type: Pods
      value: 4
      periodSeconds: 15
  selectPolicy: Max
scaleDown:
  stabilizationWindowSeconds: {{ .Values.autoscaling.scaleDownSeconds }}
  policies:
    - type: Percent
      value: 25
      periodSeconds: 60
{{- end -}}

{{/* Series of this release's app pods: the namespace, and names that start as the workload's do. */}}
{{- define "todo.series" -}}
namespace="{{ .Release.Namespace }}",pod=~"{{ include "todo.name" . }}-[a-z0-9-]+"
{{- end -}}
