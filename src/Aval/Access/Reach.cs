using Aval.Kernel;

namespace Aval.Access;

/// <summary>How far somebody sees: who only sells sees the customers to whom they sell, everybody else all of them.</summary>
public static class Reach
{
    /// <summary>The name to whose customers this actor is narrowed; null when they see everything. A key sells under its own name.</summary>
    public static string? Of(Actor actor) => actor.Kind != ActorKind.Rule && actor.Roles.Count > 0 && actor.Roles.All(role => role == Roles.Sales) ? actor.Name : null;
}
