{{- define "todo.executor" -}}
{{- .Values.spinkube.executor | default (include "todo.name" .) -}}
{{- end -}}

{{/* What is added to a pod of SpinKube's operator, as a CEL expression. The listening address stays the operator's: port 80,
which only root may take unless the pod says otherwise. */}}
{{- define "todo.hardeningPatch" -}}
{{- $user := .Values.runtime.user -}}
{{- $grace := add .Values.preStopSeconds .Values.drainSeconds .Values.graceSeconds 5 -}}
{{- $settings := omit (include "todo.runtimeSettings" . | fromYaml) "SPIN_HTTP_LISTEN_ADDR" "OTEL_EXPORTER_OTLP_ENDPOINT" -}}
[
  JSONPatch{op: "add", path: "/spec/automountServiceAccountToken", value: false},
  JSONPatch{op: "add", path: "/spec/enableServiceLinks", value: false},
  JSONPatch{op: "add", path: "/spec/terminationGracePeriodSeconds", value: {{ $grace }}},
  JSONPatch{op: "add", path: "/spec/securityContext", value: Object.spec.securityContext{
    runAsNonRoot: true, runAsUser: {{ $user }}, runAsGroup: {{ $user }}, fsGroup: {{ $user }},
    fsGroupChangePolicy: "OnRootMismatch",
    seccompProfile: Object.spec.securityContext.seccompProfile{type: "RuntimeDefault"},
    sysctls: [Object.spec.securityContext.sysctls{name: "net.ipv4.ip_unprivileged_port_start", value: "0"}]
  }},
  JSONPatch{op: "add", path: "/spec/containers/0/securityContext", value: Object.spec.containers.securityContext{
    allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true,
    capabilities: Object.spec.containers.securityContext.capabilities{drop: ["ALL"]}
  }},
  JSONPatch{op: "add", path: "/spec/containers/0/lifecycle", value: Object.spec.containers.lifecycle{
    preStop: Object.spec.containers.lifecycle.preStop{
      sleep: Object.spec.containers.lifecycle.preStop.sleep{seconds: {{ .Values.preStopSeconds }}}
    }
  }}
  {{- range $setting, $value := $settings }},
  JSONPatch{op: "add", path: "/spec/containers/0/env/-", value: Object.spec.containers.env{name: {{ $setting | quote }}, value: {{ $value | toString | quote }}}}
  {{- end }}
  {{- if and .Values.artifact.verifyKey (eq .Values.spinkube.runBy "runtime-image") }},
  JSONPatch{op: "add", path: "/spec/containers/0/env/-", value: Object.spec.containers.env{name: "RUNTIME_SHIM_VERIFY_KEY", value: "/etc/runtime-shim/verify-key.pem"}}
  {{- end }}
]
{{- end -}}
