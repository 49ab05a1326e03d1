{{/* registry/repository@digest, or :tag where no digest is given. Call with the image's values. */}}
{{- define "todo.reference" -}}
{{- $name := .repository -}}
{{- if .registry -}}{{- $name = printf "%s/%s" .registry .repository -}}{{- end -}}
{{- if .digest -}}
{{- printf "%s@%s" $name .digest -}}
{{- else -}}
{{- printf "%s:%s" $name .tag -}}
{{- end -}}
{{- end -}}

{{/* An image's values with the release's version where no tag is given. Call with (list $ $values). */}}
{{- define "todo.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- include "todo.reference" (dict "registry" $image.registry "repository" $image.repository "digest" $image.digest "tag" ($image.tag | default $root.Chart.AppVersion)) -}}
{{- end -}}

{{/* A digest names one content for ever, so it is asked for once; a tag may move. Call with the image's values. */}}
{{- define "todo.pullPolicy" -}}
{{- if .pullPolicy -}}{{- .pullPolicy -}}{{- else if .digest -}}IfNotPresent{{- else -}}Always{{- end -}}
{{- end -}}

{{/* kube-score asks for Always, which a digest has no use for. Call with the image's values. */}}
{{- define "todo.pullPolicyScore" -}}
{{- if ne (include "todo.pullPolicy" .) "Always" }}
kube-score/ignore: container-image-pull-policy
{{- end }}
{{- end -}}

{{- define "todo.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* The image the app's container starts from: the artifact itself where the node runs it. */}}
{{- define "todo.containerImage" -}}
{{- if eq .Values.mode "runtime-class" -}}
image: {{ include "todo.image" (list . .Values.artifact) | quote }}
imagePullPolicy: {{ include "todo.pullPolicy" .Values.artifact }}
{{- else -}}
image: {{ include "todo.image" (list . .Values.image) | quote }}
imagePullPolicy: {{ include "todo.pullPolicy" .Values.image }}
{{- end }}
{{- end -}}

{{/* kube-score's annotation for the workload of the app. */}}
{{- define "todo.workloadScore" -}}
{{- $image := ternary .Values.artifact .Values.image (eq .Values.mode "runtime-class") -}}
{{- include "todo.pullPolicyScore" (dict "digest" $image.digest "pullPolicy" $image.pullPolicy) | trim -}}
{{- end -}}

{{/* kube-score's annotation where SpinKube's operator or Argo Rollouts makes the pods, which it cannot see. Call with
(list $ "check"). */}}
{{- define "todo.targetScore" -}}
{{- $root := index . 0 -}}
{{- if or (eq $root.Values.mode "spinkube") (eq $root.Values.canary.mode "argo-rollouts") -}}
kube-score/ignore: {{ index . 1 }}
{{- end -}}
{{- end -}}
