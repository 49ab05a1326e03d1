//! What the process uses, under the names that Prometheus' client libraries have for it.

use prometheus_client::collector::Collector;
use prometheus_client::encoding::DescriptorEncoder;

/// Read at the moment it is asked for; nothing where the system does not tell.
#[derive(Debug)]
pub(super) struct ProcessCollector;

impl Collector for ProcessCollector {
    #[cfg(target_os = "linux")]
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        use prometheus_client::encoding::EncodeMetric;
        use prometheus_client::metrics::counter::ConstCounter;
        use prometheus_client::metrics::gauge::ConstGauge;
        use prometheus_client::registry::Unit;

        let Some(usage) = linux::usage() else { return Ok(()) };
        let cpu = ConstCounter::new(usage.cpu_seconds);
        let about = "Processor time of the process, user and system";
        cpu.encode(encoder.encode_descriptor(
            "process_cpu",
            about,
            Some(&Unit::Seconds),
            cpu.metric_type(),
        )?)?;
        for (name, help, unit, value) in [
            ("process_resident_memory", "Resident memory", Some(&Unit::Bytes), usage.resident_bytes),
            ("process_virtual_memory", "Reserved address space", Some(&Unit::Bytes), usage.virtual_bytes),
            ("process_start_time", "Start, since the Unix epoch", Some(&Unit::Seconds), usage.start_seconds),
            ("process_open_fds", "Open file descriptors", None, usage.open_fds),
            ("process_max_fds", "Most file descriptors", None, usage.max_fds),
            ("process_threads", "Threads", None, usage.threads),
        ] {
            let gauge = ConstGauge::new(value);
            gauge.encode(encoder.encode_descriptor(name, help, unit, gauge.metric_type())?)?;
        }
        Ok(())
    }

    #[cfg(not(target_os = "linux"))]
    fn encode(&self, _: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        Ok(())
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use procfs::process::{LimitValue, Process};
    use procfs::{CurrentSI, WithCurrentSystemInfo};

    pub(super) struct Usage {
        pub cpu_seconds: f64,
        pub resident_bytes: f64,
        pub virtual_bytes: f64,
        pub start_seconds: f64,
        pub open_fds: f64,
        pub max_fds: f64,
        pub threads: f64,
    }

    pub(super) fn usage() -> Option<Usage> {
        let process = Process::myself().ok()?;
        let stat = process.stat().ok()?;
        let ticks = procfs::ticks_per_second() as f64;
        let booted = procfs::KernelStats::current().ok()?.btime as f64;
        let max_fds = match process.limits().ok()?.max_open_files.soft_limit {
            LimitValue::Value(most) => most as f64,
            LimitValue::Unlimited => f64::INFINITY,
        };
        Some(Usage {
            cpu_seconds: (stat.utime + stat.stime) as f64 / ticks,
            resident_bytes: stat.rss_bytes().get() as f64,
            virtual_bytes: stat.vsize as f64,
            start_seconds: booted + stat.starttime as f64 / ticks,
            open_fds: process.fd_count().ok()? as f64,
            max_fds,
            threads: stat.num_threads as f64,
        })
    }
}
