using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Aval.Kernel.Web;

/// <summary>Sends numbers, spans and the log by OTLP to whoever the operator names; where nobody is named, nothing listens and nothing is sent.</summary>
/// <remarks>What is still held is sent when the server ends.</remarks>
sealed class TelemetryExport : IDisposable
{
    static readonly string[] Meters = [Telemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    readonly MeterProvider meters;
    readonly TracerProvider spans;

    public TelemetryExport(Uri? to)
    {
        meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource()).AddMeter(Meters).AddOtlpExporter(otlp => Aim(otlp, to, "metrics")).Build();
        spans = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource()).AddSource(Telemetry.Name).AddOtlpExporter(otlp => Aim(otlp, to, "traces")).Build();
    }

    /// <summary>Whether anybody is named: by the option, or by OpenTelemetry's own variable.</summary>
    public static bool IsAsked(Uri? to) => to is not null || Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 };

    public static void Log(ILoggingBuilder logging, Uri? to) => logging.AddOpenTelemetry(log =>
    {
        log.SetResourceBuilder(Resource());
        log.IncludeFormattedMessage = true;
        log.AddOtlpExporter(otlp => Aim(otlp, to, "logs"));
    });

    public void Dispose()
    {
        meters.Dispose();
        spans.Dispose();
    }

    /// <summary>An address that was given is spoken to in HTTP; without one OpenTelemetry's variables say everything.</summary>
    static void Aim(OtlpExporterOptions otlp, Uri? to, string signal)
    {
        if (to is null) return;
        otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = new Uri($"{to.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
    }

    static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddService("aval", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(), serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}")
        .AddTelemetrySdk().AddEnvironmentVariableDetector();
}
