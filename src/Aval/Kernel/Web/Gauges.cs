using System.Diagnostics.Metrics;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Web;

/// <summary>What can be looked at any time on one server, for whoever listens. It outlives what it looks at, so that the last look of all finds it.</summary>
sealed class Gauges : IDisposable
{
    readonly Meter meter = new(Telemetry.Name);

    public void Watch(Desk desk, Leader leader, ScheduledWork work)
    {
        meter.CreateObservableGauge("aval.queue.depth", () => desk.Depth, "{command}", "Commands that wait in this node's queues");
        meter.CreateObservableGauge("aval.facts.kept", () => desk.Kept.Bytes, "By", "Memory of the facts kept on this node, by estimate");
        meter.CreateObservableGauge(
            "aval.work.left", () => work.Now.Sum(step => Math.Max(0, (step.Of ?? 0) - step.Done)), "{root}", "What the scheduled work of this node has still before it");
        meter.CreateObservableGauge("aval.leader", () => leader.Leads ? 1 : 0, null, "1 on the node that does the scheduled work");
    }

    public void Dispose() => meter.Dispose();
}
